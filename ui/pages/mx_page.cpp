// SPDX-License-Identifier: Apache-2.0
#include "pages/mx_page.h"

#include "models/mx_hosts_model.h"
#include "pages/page_parts.h"
#include "text/fact_text.h"
#include "theme/metrics.h"

#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

QString sentenceFor(const mx::Evaluation &mx)
{
    if (mx.nullMx)
        return MxPage::tr("The domain says that it takes no mail (null MX).");
    switch (mx.status) {
    case mx::Evaluation::Status::Pending:
        return MxPage::tr("Waiting for the MX records.");
    case mx::Evaluation::Status::Ok:
        return mx.implicitMx
                   ? MxPage::tr("There is no MX record: mail goes to the domain's own addresses.")
                   : MxPage::tr("Mail goes to %n host(s).", nullptr, static_cast<int>(mx.hosts.size()));
    case mx::Evaluation::Status::Missing:
        return MxPage::tr("The domain takes no mail: it has neither MX records nor addresses.");
    case mx::Evaluation::Status::Invalid:
        return MxPage::tr("The MX records contradict each other or name what is no host.");
    case mx::Evaluation::Status::TempError:
        return MxPage::tr("The MX records are not known: the look-up ended in \"%1\". Inspect again later.")
            .arg(outcomeWords(mx.outcome));
    }
    return {};
}

} // namespace

MxPage::MxPage(QWidget *parent)
    : QWidget(parent), m_sentence(sentenceLabel()), m_model(new MxHostsModel(this)), m_table(new QTableView)
{
    setObjectName(QStringLiteral("mxPage"));
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_model);
    sorted->setSortRole(MxHostsModel::SortRole);
    m_sentence->setObjectName(QStringLiteral("mxSentence"));
    m_table->setObjectName(QStringLiteral("mxTable"));
    m_table->setAccessibleName(tr("Mail hosts"));
    setUpTable(*m_table);
    m_table->setModel(sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(MxHostsModel::Preference, Qt::AscendingOrder);
    m_table->setColumnWidth(MxHostsModel::Preference, digits(*this, 12));
    m_table->setColumnWidth(MxHostsModel::Host, digits(*this, 46));
    m_table->setColumnWidth(MxHostsModel::State, digits(*this, 20));
    m_table->setColumnWidth(MxHostsModel::Addresses, digits(*this, 50));
    addCopyAction(*m_table);

    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), 0);
    rows->setSpacing(halfEm(*this));
    rows->addWidget(m_sentence);
    rows->addWidget(m_table, 1);
}

void MxPage::showReport(std::shared_ptr<const Report> report)
{
    m_sentence->setText(report ? sentenceFor(report->mx) : QString());
    m_model->setReport(std::move(report));
}

} // namespace mailoscope::ui
