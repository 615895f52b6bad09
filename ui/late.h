// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QVBoxLayout>
#include <QWidget>

#include <functional>

namespace mailoscope::ui
{

/// Puts a widget that comes late into the order of the Tab key where its place stands in it.
void takeIntoTabOrder(QWidget &late, const QWidget &place);

/// A page of a window that is made when it is first wanted, so that the window opens as fast as the one page
/// that it opens with. Until then there is its place alone. It is used like a pointer to the page: who uses
/// it has it made.
template <typename Page>
class Late
{
public:
    Late() = default;
    Late(const Late &) = delete;
    Late &operator=(const Late &) = delete;

    /// `make` makes the page; `ready` brings it up to all that has happened, once it is in its place.
    void prepare(std::function<Page *()> make, std::function<void(Page &)> ready)
    {
        m_make = std::move(make);
        m_ready = std::move(ready);
    }

    bool isMade() const { return m_page != nullptr; }
    /// Where the page is or will be; who lays out the window owns it.
    QWidget *place() const { return m_place; }
    Page &get()
    {
        if (!m_page) {
            m_page = m_make();
            m_rows->addWidget(m_page);
            m_page->show();
            takeIntoTabOrder(*m_page, *m_place);
            m_ready(*m_page);
        }
        return *m_page;
    }
    Page *operator->() { return &get(); }

private:
    static QVBoxLayout *rowsIn(QWidget *place)
    {
        auto *rows = new QVBoxLayout(place);
        rows->setContentsMargins(0, 0, 0, 0);
        return rows;
    }

    QWidget *m_place = new QWidget;
    QVBoxLayout *m_rows = rowsIn(m_place);
    std::function<Page *()> m_make;
    std::function<void(Page &)> m_ready;
    Page *m_page = nullptr;
};

} // namespace mailoscope::ui
