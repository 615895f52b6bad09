// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/resolver.h"

#include <QComboBox>

#include <optional>
#include <vector>

namespace mailoscope::ui
{

/// Which resolvers are asked: the system's, or addresses that the user types.
class ResolverField : public QComboBox
{
    Q_OBJECT
public:
    explicit ResolverField(QWidget *parent = nullptr);

    /// None stands for the system's; nothing is given where the text cannot be read.
    std::optional<std::vector<gather::Resolver>> resolvers() const;
    /// Addresses divided by blanks, commas or semicolons; nothing where one of them is none.
    static std::optional<std::vector<gather::Resolver>> parse(const QString &text);
    /// Shows these; none shows the system's.
    void setResolvers(const std::vector<gather::Resolver> &resolvers);

    QStringList history() const;
    void setHistory(const QStringList &typed);
    /// Puts what is typed at the head of the history.
    void remember();

private:
    bool meansSystem() const;
};

} // namespace mailoscope::ui
