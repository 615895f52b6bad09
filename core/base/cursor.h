// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mailoscope
{

/// The one reader of hostile octets, for texts and for wire formats. It never reads past the end: a read that
/// does not fit gives nothing and leaves the position where it was.
class Cursor
{
public:
    explicit Cursor(std::string_view octets, std::size_t position = 0)
        : m_octets(octets), m_position(position < octets.size() ? position : octets.size())
    {
    }

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_octets.size() - m_position; }
    bool atEnd() const { return m_position == m_octets.size(); }
    std::string_view rest() const { return m_octets.substr(m_position); }

    /// Moves to an absolute position; false if that lies behind the end.
    bool seek(std::size_t position)
    {
        if (position > m_octets.size())
            return false;
        m_position = position;
        return true;
    }

    /// The next octet without taking it; '\0' at the end (ask atEnd() to tell it from a NUL in the text).
    char peek() const { return atEnd() ? '\0' : m_octets[m_position]; }

    /// Takes the next octet if it is `expected`.
    bool take(char expected)
    {
        if (atEnd() || m_octets[m_position] != expected)
            return false;
        ++m_position;
        return true;
    }

    /// Takes the next octet, if there is one.
    std::optional<char> next()
    {
        if (atEnd())
            return std::nullopt;
        return m_octets[m_position++];
    }

    /// Takes `count` octets, or nothing if there are fewer.
    std::optional<std::string_view> take(std::size_t count)
    {
        if (remaining() < count)
            return std::nullopt;
        const std::string_view taken = m_octets.substr(m_position, count);
        m_position += count;
        return taken;
    }

    /// Takes octets as long as `wanted` says so.
    template <typename Predicate>
    std::string_view takeWhile(Predicate wanted)
    {
        const std::size_t begin = m_position;
        while (!atEnd() && wanted(m_octets[m_position]))
            ++m_position;
        return m_octets.substr(begin, m_position - begin);
    }

    /// Unsigned integers in network order (RFC 1035 section 2.3.2).
    std::optional<std::uint8_t> u8()
    {
        if (remaining() < 1)
            return std::nullopt;
        return octetAt(m_position++);
    }

    std::optional<std::uint16_t> u16()
    {
        if (remaining() < 2)
            return std::nullopt;
        const auto value = static_cast<std::uint16_t>((octetAt(m_position) << 8) | octetAt(m_position + 1));
        m_position += 2;
        return value;
    }

    std::optional<std::uint32_t> u32()
    {
        if (remaining() < 4)
            return std::nullopt;
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i)
            value = (value << 8) | octetAt(m_position++);
        return value;
    }

private:
    std::uint8_t octetAt(std::size_t at) const { return static_cast<std::uint8_t>(m_octets[at]); }

    std::string_view m_octets;
    std::size_t m_position = 0;
};

} // namespace mailoscope
