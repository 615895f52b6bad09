// SPDX-License-Identifier: Apache-2.0
// Arithmetic over RSA moduli: what makes one easy to factor.
#include "dkim/key.h"

#include <openssl/bn.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

namespace mailoscope::dkim
{

namespace
{

struct Free {
    void operator()(BIGNUM *number) const { BN_free(number); }
    void operator()(BN_CTX *context) const { BN_CTX_free(context); }
};
using Number = std::unique_ptr<BIGNUM, Free>;
using Context = std::unique_ptr<BN_CTX, Free>;

Number numberFrom(const std::string &octets)
{
    return Number(BN_bin2bn(reinterpret_cast<const unsigned char *>(octets.data()),
                            static_cast<int>(octets.size()), nullptr));
}

/// The odd primes below SmallFactorBound.
std::vector<unsigned> smallPrimes()
{
    std::vector<bool> composite(SmallFactorBound, false);
    std::vector<unsigned> primes;
    for (unsigned n = 3; n < SmallFactorBound; n += 2) {
        if (composite[n])
            continue;
        primes.push_back(n);
        for (unsigned multiple = n * n; multiple < SmallFactorBound; multiple += 2 * n)
            composite[multiple] = true;
    }
    return primes;
}

/// The smallest odd prime below the bound that divides the number, other than the number itself; 0 where
/// there is none.
unsigned smallFactorOf(const BIGNUM *number)
{
    for (const unsigned prime : smallPrimes()) {
        if (BN_mod_word(number, prime) == 0)
            return BN_is_word(number, prime) ? 0 : prime;
    }
    return 0;
}

/// Newton's iteration from above; it ends after about as many steps as the length has bits.
bool isSquare(const BIGNUM *number, BN_CTX *context)
{
    const Number root(BN_new());
    const Number quotient(BN_new());
    if (!root || !quotient || !BN_set_bit(root.get(), (BN_num_bits(number) + 1) / 2))
        return false;
    for (int step = 0; step < MaxJudgedBits; ++step) {
        // x' = (x + n / x) / 2
        if (!BN_div(quotient.get(), nullptr, number, root.get(), context) ||
            !BN_add(quotient.get(), quotient.get(), root.get()) ||
            !BN_rshift1(quotient.get(), quotient.get())) {
            return false;
        }
        if (BN_cmp(quotient.get(), root.get()) >= 0)
            break;
        if (!BN_copy(root.get(), quotient.get()))
            return false;
    }
    return BN_sqr(quotient.get(), root.get(), context) && BN_cmp(quotient.get(), number) == 0;
}

/// gcd(n, product of the others modulo n) > 1. A modulus that divides the product has both its primes
/// elsewhere.
bool sharesPrime(std::size_t index, const std::vector<Number> &numbers, BN_CTX *context)
{
    const BIGNUM *own = numbers[index].get();
    const Number product(BN_new());
    const Number other(BN_new());
    if (!product || !other || BN_is_one(own) || !BN_one(product.get()))
        return false;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i == index)
            continue;
        if (!BN_nnmod(other.get(), numbers[i].get(), own, context) ||
            !BN_mod_mul(product.get(), product.get(), other.get(), own, context)) {
            return false;
        }
    }
    if (BN_is_zero(product.get()))
        return true;
    return BN_gcd(other.get(), product.get(), own, context) && !BN_is_one(other.get());
}

} // namespace

void judgeModulus(RsaKey &key)
{
    if (key.bits() > MaxJudgedBits)
        return;
    const Number modulus = numberFrom(key.modulus);
    const Context context(BN_CTX_new());
    if (!modulus || !context)
        return;
    key.isEven = !BN_is_odd(modulus.get());
    key.smallFactor = smallFactorOf(modulus.get());
    key.isSquare = isSquare(modulus.get(), context.get());
}

std::vector<bool> sharePrimes(std::span<const std::string> moduli)
{
    std::vector<bool> shares(moduli.size(), false);
    // The same key under two names shares everything and tells nothing.
    std::map<std::string_view, std::size_t> places;
    std::vector<Number> numbers;
    for (const std::string &modulus : moduli) {
        const bool fits = modulus.size() * 8 <= static_cast<std::size_t>(MaxJudgedBits) && !modulus.empty();
        if (!fits || numbers.size() == MaxComparedKeys || places.contains(modulus))
            continue;
        if (Number number = numberFrom(modulus)) {
            places.emplace(modulus, numbers.size());
            numbers.push_back(std::move(number));
        }
    }
    const Context context(BN_CTX_new());
    if (numbers.size() < 2 || !context)
        return shares;
    std::vector<bool> found(numbers.size(), false);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        found[i] = sharesPrime(i, numbers, context.get());
    for (std::size_t i = 0; i < moduli.size(); ++i) {
        const auto place = places.find(moduli[i]);
        shares[i] = place != places.end() && found[place->second];
    }
    return shares;
}

} // namespace mailoscope::dkim
