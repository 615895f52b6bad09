// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace mailoscope::ui
{

/// Something that a widget draws and that is no widget itself, as a screen reader meets it: an item without
/// items of its own.
class DrawnItem : public QAccessibleInterface
{
public:
    DrawnItem(QWidget &widget, int index) : m_widget(&widget), m_index(index) {}

    /// Among the items of its widget.
    int index() const { return m_index; }

    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return QAccessible::queryAccessibleInterface(m_widget); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    void setText(QAccessible::Text, const QString &) override {}

protected:
    QWidget *widget() const { return m_widget; }

private:
    QPointer<QWidget> m_widget;
    int m_index;
};

/// A widget whose items are drawn: each is made when somebody asks for it, and stays.
class DrawnAccessible : public QAccessibleWidget
{
public:
    DrawnAccessible(QWidget &widget, QAccessible::Role role) : QAccessibleWidget(&widget, role) {}
    ~DrawnAccessible() override;

    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;

protected:
    /// The caller owns it.
    virtual DrawnItem *makeItem(int index) const = 0;

private:
    mutable std::map<int, QAccessible::Id> m_items;
};

} // namespace mailoscope::ui
