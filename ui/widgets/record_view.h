// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "text/shown_string.h"

#include <QPlainTextEdit>
#include <QWidget>

class QLabel;

namespace mailoscope::ui
{

class Selection;

/// The record in which the selected term stands, as its owner wrote it: the term is marked, the place that a
/// finding speaks of underlined. A click on a term selects it.
class RecordView : public QWidget
{
    Q_OBJECT
public:
    explicit RecordView(Selection &selection, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);
    /// The record's octets, for the clipboard, as text.
    QString recordText() const { return m_shown.text(); }

Q_SIGNALS:
    void editWanted(const mailoscope::DomainName &name, const std::string &text);
    /// There is no record at the name.
    void newWanted(const mailoscope::DomainName &name);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void follow();
    void edit();
    void showRecord(const spf::Node &node);
    void markSpans(const std::optional<SpfPlace> &place);
    void selectAt(int position);
    void fitHeight();

    Selection &m_selection;
    std::shared_ptr<const Report> m_report;
    TermPath m_recordPath; ///< where the record shown stands in the tree
    ShownString m_shown;
    QLabel *m_name;
    QLabel *m_facts;
    QPlainTextEdit *m_text;
};

} // namespace mailoscope::ui
