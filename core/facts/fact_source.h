// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <memory>

namespace mailoscope
{

/// Where an evaluator gets its facts. It never waits: a fact that is not there yet is noted as needed, and
/// the evaluator marks the spot as pending and goes on with all else that it can judge.
class FactSource
{
public:
    virtual ~FactSource() = default;

    /// The answer to a question, or nullptr where it is not known yet. The answer lives as long as the
    /// source.
    virtual const dns::Answer *dns(const DomainName &name, dns::RrType type) = 0;
    /// A share in an answer that dns() gave, for who remembers what it read in it: while the share is held,
    /// the answer's address stands for this answer alone. Null where the source shares nothing.
    virtual std::shared_ptr<const dns::Answer> share(const dns::Answer &) { return nullptr; }
    /// What a page gave, likewise. A source that may not fetch answers LeftOut, which is what this one does;
    /// of such an answer only the outcome counts.
    virtual const https::Response *https(const https::Url &url);
    /// What a mail host showed, likewise.
    virtual const smtp::Session *smtp(const smtp::Target &target);
    /// What one of a zone's own servers says, likewise; NotRecorded where they may not be asked.
    virtual const dns::ServerAnswer *server(const dns::ServerQuestion &question);
};

} // namespace mailoscope
