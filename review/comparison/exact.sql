-- Exact tests from logarithms of factorials, so that counts of any size need no other library.

CREATE OR REPLACE TEMP MACRO log_choose(n, k) AS lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma(n - k + 1.0);

-- Logarithm of the hypergeometric probability that x of n1 are marked, when k of n1 + n2 are.
CREATE OR REPLACE TEMP MACRO log_hypergeometric(x, n1, n2, k) AS log_choose(n1, x) + log_choose(n2, k - x) - log_choose(n1 + n2, k);

-- Fisher's exact test of k1 of n1 against k2 of n2, two-sided: the chance of every table with these margins that is no likelier than
-- the one seen (Fisher 1935; the same convention as R's fisher.test and scipy). The small allowance counts ties in. NULL where a group is empty.
CREATE OR REPLACE TEMP MACRO fisher_two_sided(k1, n1, k2, n2) AS if(n1 > 0 AND n2 > 0, least(1.0, list_sum(list_transform(
    list_filter(
        list_transform(range(greatest(0, k1 + k2 - n2)::BIGINT, least(n1, k1 + k2)::BIGINT + 1), lambda x: log_hypergeometric(x, n1, n2, k1 + k2)),
        lambda l: l <= log_hypergeometric(k1, n1, n2, k1 + k2) + 1e-7),
    lambda l: exp(l)))), NULL);

-- A probability in words, as counties.chance: 不到0.1%, 约0.3%, 约12%.
CREATE OR REPLACE TEMP MACRO chance_text(p) AS CASE WHEN p < 0.001 THEN '不到0.1%' WHEN p < 0.1 THEN '约' || printf('%.1f', 100.0 * p) || '%' ELSE '约' || printf('%.0f', 100.0 * p) || '%' END;

-- A share as people read it: 12/40（30.0%）.
CREATE OR REPLACE TEMP MACRO share_text(k, n) AS k || '/' || n || if(n > 0, '（' || printf('%.1f', 100.0 * k / n) || '%）', '');
