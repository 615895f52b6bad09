// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"
#include "spf/sets/compare.h"

#include <QString>

#include <vector>

/// The parts of a record, or of what two records say differently, as the address map tells them apart.
namespace mailoscope::ui
{

/// A part of what is shown, told apart by colour and hatch.
struct MapBranch {
    enum class Kind {
        Authorised,   ///< may send
        BeyondLimits, ///< the record names them, but receivers stop at the limits before it counts
        Stays,        ///< of two records: may send before and after
        Won,          ///< may send now, and could not
        Lost,         ///< could send, and may not any more
    };

    Kind kind = Kind::Authorised;
    QString name;     ///< as in the budget bar; of the networks in a record: whose
    QString provider; ///< who runs it; empty where nobody we know
    TermPath path;    ///< the place in the tree; of Lost that in the old record's
    /// Further terms of the same record that are told as this branch, such as all its networks; ascending.
    std::vector<std::size_t> also;
    int look = -1; ///< Theme's number of colour and hatch, the one of the budget bar; -1: the quiet look
    Ipv4Set v4;    ///< no two branches share an address
    Ipv6Set v6;

    /// Whether its addresses may send, as things are in the (new) record.
    bool maySend() const { return kind == Kind::Authorised || kind == Kind::Stays || kind == Kind::Won; }
};

/// "Authorised", "Won", ... in the user's language.
QString wordFor(MapBranch::Kind kind);

/// The branches of the look-up budget with what they let pass, in the order of the record, and with the
/// budget's numbers; networks of the record itself and `all` have the numbers that follow. None is empty.
std::vector<MapBranch> mapBranchesOf(const spf::Evaluation &spf);

/// What stays, what was won and what was lost, the latter two by the terms that do it. None is empty.
std::vector<MapBranch> mapBranchesOf(const spf::Evaluation &before, const spf::Evaluation &after,
                                     const spf::Comparison &comparison);

} // namespace mailoscope::ui
