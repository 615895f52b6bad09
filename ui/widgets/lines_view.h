// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/place_details.h"

#include <QTextEdit>

namespace mailoscope::ui
{

/// Labels and what there is to say, in two columns of plain text that can be selected and copied as a whole.
/// The same lines set again change nothing, so that scrolling and selection stay.
class LinesView : public QTextEdit
{
    Q_OBJECT
public:
    explicit LinesView(QWidget *parent = nullptr);

    void setLines(const std::vector<DetailLine> &lines);

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();

    std::vector<DetailLine> m_lines;
    QString m_written;
};

} // namespace mailoscope::ui
