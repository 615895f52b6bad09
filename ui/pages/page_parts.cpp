// SPDX-License-Identifier: Apache-2.0
#include "pages/page_parts.h"

#include "text/table_text.h"
#include "theme/metrics.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

namespace mailoscope::ui
{

QLabel *sentenceLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    label->setMinimumWidth(1); // a long name must not make the page wider than the window
    return label;
}

QWidget *labelled(const QString &label, QWidget *field)
{
    auto *both = new QWidget;
    auto *words = new QLabel(label);
    words->setBuddy(field);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(halfEm(*both));
    row->addWidget(words);
    row->addWidget(field, 1);
    return both;
}

void fitIcon(QAbstractButton &button)
{
    const int height = button.fontMetrics().ascent();
    button.setIconSize(QSize(height, height));
}

void putIntoScrollArea(QWidget &page, QWidget *content, const QString &accessibleName)
{
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(accessibleName);
    scroll->setWidget(content);
    auto *whole = new QVBoxLayout(&page);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
}

void showActionsAsMenu(QAbstractScrollArea &view)
{
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    QObject::connect(&view, &QWidget::customContextMenuRequested, &view, [&view](const QPoint &at) {
        auto *menu = new QMenu(&view);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addActions(view.actions());
        menu->popup(view.viewport()->mapToGlobal(at));
    });
}

void addCopyCellAction(QTableView &table)
{
    auto *copy = new QAction(QCoreApplication::translate("PageParts", "Copy c&ell"), &table);
    copy->setObjectName(QStringLiteral("copyCell"));
    QObject::connect(copy, &QAction::triggered, &table, [&table] {
        if (const QString text = table.currentIndex().data().toString(); !text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
    table.addAction(copy);
}

void addCopyAction(QTableView &table)
{
    auto *copy = new QAction(QCoreApplication::translate("PageParts", "&Copy"), &table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    QObject::connect(copy, &QAction::triggered, &table, [&table] {
        if (const QString text = selectedRowsText(table); !text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
    table.addAction(copy);
    addCopyCellAction(table);
    showActionsAsMenu(table);
}

} // namespace mailoscope::ui
