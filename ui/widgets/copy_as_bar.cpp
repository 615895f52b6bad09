// SPDX-License-Identifier: Apache-2.0
#include "widgets/copy_as_bar.h"

#include "pages/page_parts.h"
#include "save_file.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "widgets/flow_layout.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QToolButton>

namespace mailoscope::ui
{

namespace
{

QString withNotes(QString sentence, const std::vector<std::string> &notes)
{
    for (const std::string &note : notes)
        sentence += QLatin1Char(' ') + toQString(note);
    return sentence;
}

} // namespace

void addCopyForms(QComboBox &box)
{
    for (const fixes::CopyFormInfo &form : fixes::copyForms()) {
        box.addItem(toQString(form.title), toQString(form.option));
        box.setItemData(box.count() - 1, toolTipFor(toQString(form.mind)), Qt::ToolTipRole);
    }
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.setMinimumContentsLength(22);
    box.setMinimumWidth(digits(box, 12)); // where room is short
}

QString copySuffix(const QString &option)
{
    const auto form = fixes::copyFormFromOption(option.toStdString());
    return form ? toQString(fixes::infoOf(*form).suffix) : QStringLiteral("txt");
}

CopyAsBar::CopyAsBar(const QString &prefix, FileChoosers choosers, QWidget *parent)
    : QWidget(parent),
      m_choosers(std::move(choosers)),
      m_form(new QComboBox),
      m_copy(new QToolButton),
      m_save(new QToolButton)
{
    m_form->setObjectName(prefix + QStringLiteral("Form"));
    m_form->setAccessibleName(tr("Copy as"));
    addCopyForms(*m_form);
    m_copy->setObjectName(prefix + QStringLiteral("Copy"));
    m_copy->setText(tr("&Copy"));
    m_save->setObjectName(prefix + QStringLiteral("Save"));
    m_save->setText(tr("&Save as file…"));
    auto *row = new FlowLayout(this);
    row->setSpacing(halfEm(*this));
    row->addWidget(labelled(tr("Copy &as"), m_form));
    row->addWidget(m_copy);
    row->addWidget(m_save);
    connect(m_form, &QComboBox::activated, this, [this] { Q_EMIT formChosen(form()); });
    connect(m_copy, &QToolButton::clicked, this, [this] { copy(m_request); });
    connect(m_save, &QToolButton::clicked, this, &CopyAsBar::save);
    follow();
}

QString CopyAsBar::form() const
{
    return m_form->currentData().toString();
}

void CopyAsBar::setForm(const QString &option)
{
    if (const int index = m_form->findData(option); index >= 0)
        m_form->setCurrentIndex(index);
}

void CopyAsBar::setRequest(fixes::CopyRequest request, const QString &fileName)
{
    m_request = std::move(request);
    m_fileName = fileName;
    follow();
}

void CopyAsBar::setLocked(bool locked)
{
    m_isLocked = locked;
    follow();
}

void CopyAsBar::follow()
{
    const bool any = !m_isLocked && (!m_request.sets.empty() || !m_request.files.empty());
    m_copy->setEnabled(any);
    m_save->setEnabled(any);
}

std::optional<fixes::Copied> CopyAsBar::written(const fixes::CopyRequest &request) const
{
    const auto known = fixes::copyFormFromOption(form().toStdString());
    return known ? std::optional(fixes::copyAs(*known, request)) : std::nullopt;
}

void CopyAsBar::copy(const fixes::CopyRequest &request)
{
    const std::optional<fixes::Copied> copied = written(request);
    if (!copied)
        return;
    QGuiApplication::clipboard()->setText(QString::fromStdString(copied->text));
    Q_EMIT told(true, withNotes(tr("Copied: %1.").arg(m_form->currentText()), copied->notes));
}

void CopyAsBar::save()
{
    const std::optional<fixes::Copied> copied = written(m_request);
    if (!copied)
        return;
    m_choosers.saveAny(
        this, tr("Save the changes"), m_fileName + QLatin1Char('.') + copySuffix(form()),
        [this, copied = *copied](const QString &path) {
            const std::optional<QString> problem = saveFile(path, copied.text);
            Q_EMIT told(!problem, problem
                                      ? *problem
                                      : withNotes(tr("Saved as %1.").arg(shownFileName(path)), copied.notes));
        });
}

} // namespace mailoscope::ui
