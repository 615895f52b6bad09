// SPDX-License-Identifier: Apache-2.0
#include "widgets/record_view.h"

#include "pages/page_parts.h"
#include "report/explain.h"
#include "report/spf_notes.h"
#include "selection.h"
#include "text/figures.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/record_editor.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QTextBlock>
#include <QToolButton>

namespace mailoscope::ui
{

RecordView::RecordView(Selection &selection, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_name(new QLabel),
      m_facts(new QLabel),
      m_text(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("recordView"));
    m_text->setObjectName(QStringLiteral("recordText"));
    // A record is written from left to right, whatever the language around it.
    m_text->setLayoutDirection(Qt::LeftToRight);
    m_text->setAccessibleName(tr("The record as its owner wrote it"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setFont(codeFont(*this));
    m_text->viewport()->installEventFilter(this);
    m_text->setToolTip(tr("Click a term to select it"));
    for (QLabel *label : {m_name, m_facts}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_name->setObjectName(QStringLiteral("recordName"));
    m_facts->setObjectName(QStringLiteral("recordFacts"));
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_facts->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto *copy = new QToolButton;
    copy->setObjectName(QStringLiteral("copyRecord"));
    copy->setIcon(icon(QStringLiteral("copy")));
    fitIcon(*copy);
    copy->setAutoRaise(true);
    copy->setAccessibleName(tr("Copy the record"));
    copy->setToolTip(tr("Copy the record"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(recordText()); });

    auto *edit = new QToolButton;
    edit->setObjectName(QStringLiteral("editSpfRecord"));
    edit->setText(tr("Edit"));
    edit->setAutoRaise(true);
    edit->setAccessibleName(tr("Edit the record in the draft"));
    edit->setToolTip(tr("Edit to see what would change (F2). Nothing is published."));
    connect(edit, &QToolButton::clicked, this, &RecordView::edit);
    m_text->installEventFilter(this);
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->addWidget(m_name);
    head->addWidget(m_facts, 1);
    head->addWidget(edit);
    head->addWidget(copy);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    rows->addLayout(head);
    rows->addWidget(m_text, 1);
    connect(&m_selection, &Selection::changed, this, &RecordView::follow);
    fitHeight();
}

void RecordView::showReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    follow();
}

void RecordView::follow()
{
    if (!m_report) {
        m_shown = ShownString();
        m_text->clear();
        m_name->clear();
        m_facts->clear();
        return;
    }
    std::optional<SpfPlace> place = placeAt(m_report->spf, m_selection.path());
    m_recordPath = place ? m_selection.path() : TermPath();
    if (!m_recordPath.empty())
        m_recordPath.pop_back();
    showRecord(place ? *place->record : m_report->spf.root);
    markSpans(place);
}

void RecordView::showRecord(const spf::Node &node)
{
    std::string text = node.selection.text;
    if (text.empty() && node.selection.records.size() > 1) {
        for (const std::string &record : node.selection.records)
            text += (text.empty() ? "" : "\n") + record;
    }
    m_name->setText(QStringLiteral("TXT %1").arg(toQString(node.domain)));
    QStringList facts;
    if (const QString status = toQString(mailoscope::statusOf(node).words); !status.isEmpty())
        facts << status;
    if (!text.empty()) {
        facts << tr("TTL %1 s").arg(grouped(node.selection.ttl));
        facts << tr("%n octet(s)", nullptr, static_cast<int>(node.selection.text.size()));
        if (!node.selection.stringEnds.empty())
            facts << tr("%n string(s)", nullptr, static_cast<int>(node.selection.stringEnds.size()) + 1);
    }
    for (const DomainName &alias : node.aliases)
        facts << tr("alias of %1").arg(toQString(alias));
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_facts->setToolTip(toolTipFor(m_facts->text()));

    // Several records are told apart by lines; within one, a line end is an octet like any other and escaped.
    ShownString shownNow(node.selection.text);
    QString document = shownNow.text();
    if (node.selection.text.empty()) {
        QStringList lines;
        for (const std::string &record : node.selection.records)
            lines << shownString(record);
        document = lines.join(QLatin1Char('\n'));
    }
    m_shown = std::move(shownNow);
    if (m_text->toPlainText() == document)
        return;
    m_text->setPlainText(document);
    m_text->setPlaceholderText(tr("There is no record to show here"));
    fitHeight();
}

void RecordView::fitHeight()
{
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 2 + em(*this));
}

void RecordView::markSpans(const std::optional<SpfPlace> &place)
{
    QList<QTextEdit::ExtraSelection> marks;
    const Theme theme(palette());
    const auto mark = [&](const Span &span, const QTextCharFormat &format) {
        const ShownString::Range range = m_shown.rangeOf(span);
        if (span.isEmpty() || range.end <= range.begin)
            return;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(m_text->document());
        selection.cursor.setPosition(range.begin);
        selection.cursor.setPosition(range.end, QTextCursor::KeepAnchor);
        selection.format = format;
        marks.append(selection);
    };
    if (place && place->term) {
        QTextCharFormat format;
        format.setBackground(theme.termBackground());
        format.setFontUnderline(true);
        mark(spanOf(*place), format);
    }
    if (const std::optional<Finding> &finding = m_selection.finding()) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(theme.colour(meaningOf(finding->severity)));
        for (const Evidence &evidence : finding->evidence) {
            TermPath record = evidence.path;
            if (!record.empty())
                record.pop_back();
            if (record == m_recordPath && evidence.type == "TXT")
                mark(evidence.span, format);
        }
    }
    m_text->setExtraSelections(marks);
    if (!marks.isEmpty() && !m_text->textCursor().hasSelection()) {
        QTextCursor cursor = marks.first().cursor;
        cursor.clearSelection();
        cursor.setPosition(marks.first().cursor.selectionStart());
        m_text->setTextCursor(cursor);
        m_text->ensureCursorVisible();
    }
}

void RecordView::edit()
{
    if (!m_report)
        return;
    const std::optional<SpfPlace> place = placeAt(m_report->spf, m_selection.path());
    const spf::Node &node = place ? *place->record : m_report->spf.root;
    const DomainName name = node.aliases.empty() ? node.domain : node.aliases.back();
    if (!node.selection.text.empty())
        Q_EMIT editWanted(name, std::string(node.selection.text));
    else if (!node.selection.records.empty())
        Q_EMIT editWanted(name, std::string(node.selection.records.front()));
    else
        Q_EMIT newWanted(name);
}

bool RecordView::eventFilter(QObject *watched, QEvent *event)
{
    if (isEditGesture(*watched, *event, *m_text)) {
        edit();
        return true;
    }
    if (watched == m_text->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && !m_text->textCursor().hasSelection())
            selectAt(m_text->cursorForPosition(mouse->position().toPoint()).position());
    }
    return QWidget::eventFilter(watched, event);
}

void RecordView::selectAt(int position)
{
    if (!m_report)
        return;
    const std::optional<SpfPlace> place = placeAt(m_report->spf, m_recordPath);
    const spf::Node *node = place ? place->below() : nullptr;
    if (!node || !node->record)
        return;
    const std::size_t octet = m_shown.octetAt(position);
    for (std::size_t i = 0; i < node->terms.size(); ++i) {
        const Span span = spanOf({node, &node->terms[i]});
        if (octet < span.begin || octet >= span.end)
            continue;
        TermPath path = m_recordPath;
        path.push_back(i);
        m_selection.selectPath(path);
        return;
    }
}

} // namespace mailoscope::ui
