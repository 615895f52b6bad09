// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QAbstractButton>

namespace mailoscope::ui
{

/// A section at a glance: its name, the shape and the word of its standing, and the one thing to know.
/// Pressing it opens the section.
class SectionCard : public QAbstractButton
{
    Q_OBJECT
public:
    explicit SectionCard(Section section, QWidget *parent = nullptr);

    void show(const Standing &standing);
    Section section() const { return m_section; }

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    const Section m_section;
    Standing m_standing;
};

} // namespace mailoscope::ui
