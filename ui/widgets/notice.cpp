// SPDX-License-Identifier: Apache-2.0
#include "widgets/notice.h"

#include "theme/metrics.h"
#include "theme/window_size.h"
#include "widgets/lines_view.h"

#include <QDialog>
#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace mailoscope::ui
{

void showNotice(QWidget &parent, const QString &title, const std::vector<DetailLine> &lines)
{
    auto *dialog = new QDialog(&parent);
    dialog->setObjectName(QStringLiteral("notice"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto *text = new LinesView;
    text->setObjectName(QStringLiteral("noticeText"));
    text->setAccessibleName(title);
    text->setLines(lines);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *rows = new QVBoxLayout(dialog);
    rows->addWidget(text, 1);
    rows->addWidget(buttons);
    const int height = static_cast<int>(lines.size()) * em(*dialog) * 4 / 3 + em(*dialog) * 6;
    resizeWithinScreen(*dialog, {digits(*dialog, 75), std::min(height, em(*dialog) * 42)});
    dialog->open();
}

} // namespace mailoscope::ui
