// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

namespace mailoscope
{

/// A closed range of addresses, both ends included.
template <typename Value>
struct Interval {
    Value first;
    Value last;

    friend bool operator==(const Interval &, const Interval &) = default;
};

/// An exact set of unsigned numbers as sorted intervals with gaps between them: the canonical form, so that
/// equal sets compare equal. `Value` is std::uint32_t or Uint128.
template <typename Value>
class IntervalSet
{
public:
    IntervalSet() = default;

    static IntervalSet all() { return IntervalSet({{Value(0), highest()}}); }

    /// From intervals in any order, overlapping or not.
    static IntervalSet fromIntervals(std::vector<Interval<Value>> intervals)
    {
        const auto byFirst = [](const auto &a, const auto &b) { return a.first < b.first; };
        if (!std::is_sorted(intervals.begin(), intervals.end(), byFirst))
            std::sort(intervals.begin(), intervals.end(), byFirst);
        std::size_t kept = 0;
        for (std::size_t i = 1; i < intervals.size(); ++i) {
            Interval<Value> &last = intervals[kept];
            if (last.last == highest() || intervals[i].first <= last.last + Value(1))
                last.last = std::max(last.last, intervals[i].last);
            else
                intervals[++kept] = intervals[i];
        }
        if (!intervals.empty())
            intervals.resize(kept + 1);
        return IntervalSet(std::move(intervals));
    }

    const std::vector<Interval<Value>> &intervals() const { return m_intervals; }
    bool isEmpty() const { return m_intervals.empty(); }
    bool isAll() const { return *this == all(); }

    bool contains(const Value &value) const
    {
        const auto after = firstEndingAtOrAfter(value);
        return after != m_intervals.end() && after->first <= value;
    }

    /// Adds [first, last] and calls `fresh` for each part that was not in the set before, in ascending order.
    template <typename Callback>
    void insert(const Interval<Value> &added, Callback fresh)
    {
        // The intervals that overlap or touch what is added.
        const auto begin =
            firstEndingAtOrAfter(added.first == Value(0) ? added.first : added.first - Value(1));
        auto end = begin;
        Interval<Value> joined = added;
        Value next = added.first;
        bool open = true; // there is something behind `next` that may be fresh
        while (end != m_intervals.end() && (added.last == highest() || end->first <= added.last + Value(1))) {
            if (open && next < end->first && next <= added.last)
                fresh(Interval<Value>{next, std::min<Value>(added.last, end->first - Value(1))});
            if (end->last >= added.last)
                open = false;
            else if (end->last >= next)
                next = end->last + Value(1);
            joined.first = std::min(joined.first, end->first);
            joined.last = std::max(joined.last, end->last);
            ++end;
        }
        if (open && next <= added.last)
            fresh(Interval<Value>{next, added.last});
        if (begin == end) {
            m_intervals.insert(begin, joined);
        } else {
            *begin = joined;
            m_intervals.erase(begin + 1, end);
        }
    }
    void insert(const Interval<Value> &added)
    {
        insert(added, [](const Interval<Value> &) {});
    }

    IntervalSet united(const IntervalSet &other) const
    {
        std::vector<Interval<Value>> sorted(m_intervals.size() + other.m_intervals.size());
        std::merge(m_intervals.begin(), m_intervals.end(), other.m_intervals.begin(), other.m_intervals.end(),
                   sorted.begin(), [](const auto &a, const auto &b) { return a.first < b.first; });
        std::vector<Interval<Value>> merged;
        merged.reserve(sorted.size());
        for (const Interval<Value> &interval : sorted)
            appendMerging(merged, interval);
        return IntervalSet(std::move(merged));
    }

    IntervalSet intersected(const IntervalSet &other) const
    {
        std::vector<Interval<Value>> common;
        auto a = m_intervals.begin();
        auto b = other.m_intervals.begin();
        while (a != m_intervals.end() && b != other.m_intervals.end()) {
            const Value first = std::max(a->first, b->first);
            const Value last = std::min(a->last, b->last);
            if (first <= last)
                common.push_back({first, last});
            if (a->last < b->last)
                ++a;
            else
                ++b;
        }
        return IntervalSet(std::move(common));
    }

    /// All values that are not in this set.
    IntervalSet complement() const
    {
        std::vector<Interval<Value>> gaps;
        gaps.reserve(m_intervals.size() + 1);
        Value next(0);
        for (const Interval<Value> &interval : m_intervals) {
            if (next < interval.first)
                gaps.push_back({next, interval.first - Value(1)});
            if (interval.last == highest())
                return IntervalSet(std::move(gaps));
            next = interval.last + Value(1);
        }
        gaps.push_back({next, highest()});
        return IntervalSet(std::move(gaps));
    }

    IntervalSet without(const IntervalSet &other) const
    {
        if (other.isEmpty())
            return *this;
        std::vector<Interval<Value>> rest;
        rest.reserve(m_intervals.size());
        auto hole = other.m_intervals.begin();
        for (const Interval<Value> &interval : m_intervals) {
            Value next = interval.first;
            while (hole != other.m_intervals.end() && hole->last < interval.first)
                ++hole;
            auto inside = hole;
            bool covered = false;
            for (; inside != other.m_intervals.end() && inside->first <= interval.last; ++inside) {
                if (next < inside->first)
                    rest.push_back({next, inside->first - Value(1)});
                covered = inside->last >= interval.last;
                if (covered)
                    break;
                next = inside->last + Value(1);
            }
            if (!covered)
                rest.push_back({next, interval.last});
        }
        return IntervalSet(std::move(rest));
    }

    void clear() { m_intervals.clear(); }
    void reserve(std::size_t intervals) { m_intervals.reserve(intervals); }

    friend bool operator==(const IntervalSet &, const IntervalSet &) = default;

    static constexpr Value highest() { return Value(0) - Value(1); }

private:
    explicit IntervalSet(std::vector<Interval<Value>> canonical) : m_intervals(std::move(canonical)) {}

    /// Joins an interval that begins at or after the last one's begin, if they overlap or touch.
    static void appendMerging(std::vector<Interval<Value>> &merged, const Interval<Value> &interval)
    {
        if (!merged.empty() &&
            (merged.back().last == highest() || interval.first <= merged.back().last + Value(1))) {
            merged.back().last = std::max(merged.back().last, interval.last);
        } else {
            merged.push_back(interval);
        }
    }

    auto firstEndingAtOrAfter(const Value &value) const
    {
        return std::lower_bound(m_intervals.begin(), m_intervals.end(), value,
                                [](const Interval<Value> &i, const Value &v) { return i.last < v; });
    }
    auto firstEndingAtOrAfter(const Value &value)
    {
        return std::lower_bound(m_intervals.begin(), m_intervals.end(), value,
                                [](const Interval<Value> &i, const Value &v) { return i.last < v; });
    }

    std::vector<Interval<Value>> m_intervals;
};

} // namespace mailoscope
