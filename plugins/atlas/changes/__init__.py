"""What changed between two editions of the atlas, record by record, in any language.

``compare`` finds the changes, ``report`` tells them to a reader, ``lost`` names what is gone
without a trace. All of it is pure: two atlases and two days in, values out.

**The world or the atlas.** A change is of the *world* only where a date proves it: something
happened (a city joined, signed, left; an instrument was founded or ended; an action took
place), and its date lies after the day of the former edition, less ``NEWS_LAG`` for the time
that news takes to be recorded. Everything else is the *atlas* that learnt or corrected:

- A row that is added now about 2006 is new in the atlas and old in the world.
- A date that may lie on either side ("2024", for an edition of June 2024) proves nothing,
  nor does an approximate or uncertain one. A record without a date is never news.
- A status that changed without a date is the world's where the old and the new status were
  both verified, the new one on a later day; else either may have been wrong before.
- A value that was there before and is another now is a correction, however recent it is.
- A check that found nothing, a source, a count, a name and a removal are the atlas's.
"""
