// SPDX-License-Identifier: Apache-2.0
#include "fixes/difference.h"

#include <algorithm>
#include <cstdint>

namespace mailoscope::fixes
{

namespace
{

/// More words than this in the part that differs are not compared one by one.
constexpr std::size_t MaxWords = 600;

std::vector<Span> wordsOf(std::string_view text)
{
    constexpr std::string_view Dividers = " ;,=\t\r\n";
    std::vector<Span> words;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i + 1;
        if (Dividers.find(text[i]) == std::string_view::npos)
            end = std::min(text.find_first_of(Dividers, i), text.size());
        words.push_back({i, end});
        i = end;
    }
    return words;
}

std::string_view textOf(std::string_view text, Span word)
{
    return text.substr(word.begin, word.end - word.begin);
}

void addWord(std::vector<Span> &places, Span word)
{
    if (!places.empty() && places.back().end == word.begin)
        places.back().end = word.end;
    else
        places.push_back(word);
}

} // namespace

Difference differenceOf(std::string_view before, std::string_view after)
{
    const std::vector<Span> old = wordsOf(before);
    const std::vector<Span> fresh = wordsOf(after);
    std::size_t begin = 0;
    while (begin < old.size() && begin < fresh.size() &&
           textOf(before, old[begin]) == textOf(after, fresh[begin])) {
        ++begin;
    }
    std::size_t oldEnd = old.size();
    std::size_t freshEnd = fresh.size();
    while (oldEnd > begin && freshEnd > begin &&
           textOf(before, old[oldEnd - 1]) == textOf(after, fresh[freshEnd - 1])) {
        --oldEnd;
        --freshEnd;
    }
    Difference difference;
    const std::size_t rows = oldEnd - begin;
    const std::size_t columns = freshEnd - begin;
    if (rows > MaxWords || columns > MaxWords) {
        if (rows > 0)
            difference.gone.push_back({old[begin].begin, old[oldEnd - 1].end});
        if (columns > 0)
            difference.come.push_back({fresh[begin].begin, fresh[freshEnd - 1].end});
        return difference;
    }
    // The longest common subsequence from each pair of places on.
    std::vector<std::uint16_t> common((rows + 1) * (columns + 1), 0);
    const auto at = [&](std::size_t row, std::size_t column) -> std::uint16_t & {
        return common[row * (columns + 1) + column];
    };
    for (std::size_t row = rows; row-- > 0;) {
        for (std::size_t column = columns; column-- > 0;) {
            const bool same = textOf(before, old[begin + row]) == textOf(after, fresh[begin + column]);
            at(row, column) = same ? static_cast<std::uint16_t>(at(row + 1, column + 1) + 1)
                                   : std::max(at(row + 1, column), at(row, column + 1));
        }
    }
    std::size_t row = 0;
    std::size_t column = 0;
    while (row < rows || column < columns) {
        if (row < rows && column < columns &&
            textOf(before, old[begin + row]) == textOf(after, fresh[begin + column])) {
            ++row;
            ++column;
        } else if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) {
            addWord(difference.gone, old[begin + row++]);
        } else {
            addWord(difference.come, fresh[begin + column++]);
        }
    }
    return difference;
}

} // namespace mailoscope::fixes
