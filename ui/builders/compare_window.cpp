// SPDX-License-Identifier: Apache-2.0
#include "builders/compare_window.h"

#include "base/ascii.h"
#include "base/domain_input.h"
#include "builders/outline_panel.h"
#include "map/compared_maps.h"
#include "pages/page_parts.h"
#include "report/spf_sets_tables.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/window_size.h"
#include "widgets/view_switch.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace mailoscope::ui
{

CompareWindow::CompareWindow(WhatIf &whatIf, std::shared_ptr<gather::Gatherer> gatherer, QWidget *parent)
    : QDialog(parent),
      m_whatIf(whatIf),
      m_gatherer(std::move(gatherer)),
      m_old(new QLineEdit),
      m_new(new QLineEdit),
      m_compare(new QPushButton(tr("&Compare"))),
      m_draft(new QPushButton(tr("&Draft against today"))),
      m_state(sentenceLabel()),
      m_result(new OutlinePanel(QStringLiteral("compareResult"))),
      m_maps(new ComparedMaps),
      m_views(new ViewSwitch(QStringLiteral("compareViews")))
{
    setObjectName(QStringLiteral("compareWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Compare SPF records"));
    m_old->setObjectName(QStringLiteral("compareOld"));
    m_old->setAccessibleName(tr("Old record"));
    m_new->setObjectName(QStringLiteral("compareNew"));
    m_new->setAccessibleName(tr("New record"));
    for (QLineEdit *field : {m_old, m_new}) {
        field->setPlaceholderText(tr("A domain, or a record that begins with v=spf1"));
        field->setMaxLength(int(fixes::MaxEditOctets));
        field->setClearButtonEnabled(true);
        connect(field, &QLineEdit::returnPressed, this, &CompareWindow::compareTyped);
    }
    m_state->setObjectName(QStringLiteral("compareState"));
    m_compare->setObjectName(QStringLiteral("compareStart"));
    m_draft->setObjectName(QStringLiteral("compareDraft"));
    m_draft->setAutoDefault(false);
    m_compare->setAutoDefault(false);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(halfEm(*this));
    const auto addRow = [&](int row, const QString &text, QLineEdit *field, QPushButton *button) {
        auto *label = new QLabel(text);
        label->setBuddy(field);
        grid->addWidget(label, row, 0);
        grid->addWidget(field, row, 1);
        grid->addWidget(button, row, 2);
    };
    addRow(0, tr("&Old"), m_old, m_draft);
    addRow(1, tr("&New"), m_new, m_compare);
    m_views->addView(m_result, QStringLiteral("compareAsList"), tr("&List"),
                     tr("What differs, as sentences and tables"));
    m_views->addView(m_maps, QStringLiteral("compareAsMap"), tr("&Map"),
                     tr("Both records on maps of IPv4, with what was won and lost"));
    auto *viewRow = new QHBoxLayout;
    viewRow->addWidget(m_views);
    viewRow->addWidget(m_state, 1);
    m_views->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    viewRow->addStretch();
    auto *rows = new QVBoxLayout(this);
    rows->addLayout(grid);
    rows->addLayout(viewRow);
    rows->addWidget(&m_views->stack(), 1);
    resizeWithinScreen(*this, {digits(*this, 110), em(*this) * 36});
    connect(m_draft, &QPushButton::clicked, this, &CompareWindow::compareDraft);
    connect(m_compare, &QPushButton::clicked, this, &CompareWindow::compareTyped);
    connect(&m_loop, &FactLoop::finished, this, [this] {
        m_report->comparison = spf::compare(m_report->before.evaluation, m_report->after.evaluation);
        showReport(*m_report);
    });
    const auto follow = [this] { m_draft->setEnabled(m_whatIf.isActive()); };
    connect(&m_whatIf, &WhatIf::draftChanged, this, follow);
    follow();
    if (const std::shared_ptr<const Report> reality = m_whatIf.reality()) {
        m_old->setText(toQString(reality->domain));
        m_new->setText(shownString(reality->spf.root.selection.text));
        m_new->setFocus();
    }
    if (m_whatIf.isActive())
        compareDraft();
    else
        complain(tr("Change the new record, or name another domain, and press Enter."));
}

void CompareWindow::complain(const QString &sentence)
{
    m_state->setText(sentence);
    m_state->setVisible(!sentence.isEmpty());
}

std::optional<spf::Operand> CompareWindow::read(const QLineEdit &field,
                                                const std::optional<DomainName> &other)
{
    const std::string given = field.text().trimmed().toStdString();
    if (!ascii::startsWithIgnoringCase(given, "v=spf1")) {
        const auto domain = readDomain(given);
        if (!domain) {
            complain(QStringLiteral("%1: %2").arg(field.accessibleName(), toQString(domain.error().message)));
            return std::nullopt;
        }
        return spf::Operand{domain->text(), *domain, std::nullopt, true};
    }
    if (!spf::isSpfRecord(given)) {
        complain(tr("%1: a record begins with \"v=spf1\" and a blank.").arg(field.accessibleName()));
        return std::nullopt;
    }
    // A text is read as if it stood at the domain beside it, or at the one that is inspected.
    const std::shared_ptr<const Report> reality = m_whatIf.reality();
    std::optional<DomainName> domain = other;
    if (!domain && reality)
        domain = reality->domain;
    if (!domain && spf::speaksOfItsDomain(given)) {
        complain(
            tr("%1: the record has terms that speak of its own domain, such as a, mx or macros. Name that "
               "domain in the other field, or inspect it first.")
                .arg(field.accessibleName()));
        return std::nullopt;
    }
    const auto stand = DomainName::parse("record.example.com");
    return spf::Operand{tr("the given record").toStdString(), domain ? *domain : *stand, given,
                        domain.has_value()};
}

void CompareWindow::compareTyped()
{
    const auto domainIn = [](const QLineEdit &field) -> std::optional<DomainName> {
        const auto domain = readDomain(field.text().trimmed().toStdString());
        return domain ? std::optional<DomainName>(*domain) : std::nullopt;
    };
    const auto before = read(*m_old, domainIn(*m_new));
    const auto after = before ? read(*m_new, domainIn(*m_old)) : std::nullopt;
    if (!before || !after)
        return;
    if (!m_gatherer) {
        complain(tr("Inspect a domain first: its resolver is asked."));
        return;
    }
    complain(tr("Looking up what both records lead to…"));
    m_report = std::make_shared<ComparisonReport>();
    m_report->before.name = before->name;
    m_report->after.name = after->name;
    m_loop.start(m_gatherer, m_whatIf.facts(),
                 [this, report = m_report, before = *before, after = *after](FactSource &facts) {
                     report->before.evaluation = spf::evaluate(before, facts, m_records);
                     report->after.evaluation = spf::evaluate(after, facts, m_records);
                 });
}

void CompareWindow::compareDraft()
{
    const std::shared_ptr<const Report> before = m_whatIf.reality();
    const std::shared_ptr<const Report> after = m_whatIf.report();
    if (!before || !after || !m_whatIf.isActive())
        return;
    m_loop.stop();
    const Outline outline = outlineOfComparison(tr("today").toStdString(), before->spf,
                                                tr("the draft").toStdString(), after->spf);
    m_result->showOutline(outline);
    m_maps->compare(tr("today"), tr("the draft"),
                    [before, after] { return AddressMap(before->spf, after->spf); });
    complain(after->pending ? tr("The draft still waits for answers.")
                            : tr("The draft of the what-if against what is published."));
}

void CompareWindow::showReport(const ComparisonReport &report)
{
    complain({});
    m_result->showOutline(outlineOf(report));
    m_maps->compare(toQString(report.before.name), toQString(report.after.name), [report = m_report] {
        return AddressMap(report->before.evaluation, report->after.evaluation);
    });
}

} // namespace mailoscope::ui
