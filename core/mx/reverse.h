// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mx/evaluate.h"

#include <cstddef>

/// How many questions about the names of addresses (ReverseName) are worth asking.
namespace mailoscope::mx
{

/// Addresses whose names are asked for and names that are looked up, of all hosts together. Each host has the
/// same share, so that who publishes many hosts does not make us ask thousands of questions; and the share is
/// known as soon as the MX records are, so that no order of arrival makes it more.
constexpr std::size_t MaxReverse = 64;
constexpr std::size_t MaxReverseLookUps = 320;

/// The share of one of so many hosts: MaxReverseAddresses at most.
std::size_t reverseAddressesOfOne(std::size_t hosts);
/// Names of one address, where there are so many hosts: MaxReverseNames at most.
std::size_t reverseNamesOfOne(std::size_t hosts);

/// Some addresses, or some of their names, were left out because of these bounds. For Depth::Everything.
bool isReverseCut(const Evaluation &evaluation);

} // namespace mailoscope::mx
