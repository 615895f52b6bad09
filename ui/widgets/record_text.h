// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"
#include "text/shown_string.h"

#include <QPlainTextEdit>
#include <QWidget>

class QLabel;
class QToolButton;

namespace mailoscope::ui
{

/// One record as its owner wrote it, with its name above: the places that findings speak of are underlined in
/// the finding's colour and told in a tooltip.
class RecordText : public QWidget
{
    Q_OBJECT
public:
    explicit RecordText(QWidget *parent = nullptr);

    /// `findings` of the whole section; those with evidence in this record are marked.
    void show(const OutlineRecord &record, const std::vector<const Finding *> &findings);
    QString recordText() const { return m_shown.text(); }

    /// Whether a button and F2 offer to edit it.
    void setEditable(bool editable);

Q_SIGNALS:
    void editWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Place {
        ShownString::Range range;
        QString title;
        friend bool operator==(const Place &a, const Place &b)
        {
            return a.range.begin == b.range.begin && a.range.end == b.range.end && a.title == b.title;
        }
    };
    void fitHeight();

    ShownString m_shown;
    std::vector<Place> m_places;
    QLabel *m_name;
    QToolButton *m_edit;
    QPlainTextEdit *m_text;
};

} // namespace mailoscope::ui
