"""Parsers that remember what short texts mean: the ledgers of one office repeat their headers, posts, dates and measures."""

from collections.abc import Callable
from functools import lru_cache, wraps

# Longer texts hardly repeat from file to file, and thousands of them would fill the memory.
LONGEST = 100


def remembered(size: int) -> Callable[[Callable], Callable]:
    """Keep the last ``size`` results of a function of texts; a call with keywords, or with a text longer than LONGEST signs,
    is worked out anew.

    The function must always give the same result for the same texts, and its results must not be changed.
    """

    def decorate(parse: Callable) -> Callable:
        kept = lru_cache(maxsize=size)(parse)

        @wraps(parse)
        def call(*texts, **options):
            if options:
                return parse(*texts, **options)
            for text in texts:
                if text.__class__ is str and len(text) > LONGEST:
                    return parse(*texts)
            return kept(*texts)

        return call

    return decorate
