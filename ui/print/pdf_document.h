// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/options.h"
#include "report/report.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

/// Reports as one PDF, written page by page: of the reports no more is kept than what the pages in front say
/// of them.
namespace mailoscope::print
{

class PdfDocument
{
public:
    /// Takes the octets of the finished document as they come; false where they cannot be kept.
    using Sink = std::function<bool(std::string_view)>;
    /// Told of each page; false stops the work.
    using Watch = std::function<bool(int done, int known)>;

    /// `several`: a matrix of the domains stands in front.
    PdfDocument(Options options, bool several, Watch watch = {});
    ~PdfDocument();

    /// False where it was stopped or the disk is full.
    bool add(const Report &report);
    /// What went wrong, as a sentence; nothing where all is well. The octets go out only if all was well so
    /// far.
    std::optional<QString> finish(const Sink &sink);
    bool isStopped() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace mailoscope::print
