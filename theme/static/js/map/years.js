/* What a commitment was in a year. A date that is only a year is the whole of that year. */

export const CERTAIN = "certain";
export const SOFT = "soft";
export const UNDATED = "undated";

/** A date of the data: its year, and whether its source leaves open when in that year or before it. */
export function parsed(text) {
  if (!text) return null;
  const value = text.replace(/^\.\.\/|[~?%]$/g, "");
  return {
    text,
    year: Number(value.slice(0, 4)),
    vague: value.length === 4 || value !== text,
    latest: value + "-12-31".slice(value.length - 4),
  };
}

/** Whether something that may have an end had ended before a year, or today where year is null. */
const isOver = (until, year, edition) => until && (year === null ? until.latest < edition : until.year < year);

/**
 * The status of a commitment in a year, or today where year is null, and how surely it was so;
 * null where it had not begun. Only what the data say is used: a membership that ended nobody knows
 * when is in doubt in every year after it began.
 */
export function inYear(commitment, year, edition) {
  const { since, until, status, held, place } = commitment;
  if (isOver(place?.until, year, edition)) return null;
  const over = isOver(until, year, edition);
  if (year === null) return { status: over && status === held ? "former" : status, sign: CERTAIN };
  if (since && since.year > year) return null;
  if (over) return { status: "former", sign: CERTAIN };
  if (!since) return { status: until ? held : status, sign: UNDATED };
  const doubt =
    (since.year === year && since.vague) || (until?.year === year && until.vague) || (status === "former" && !until);
  return { status: status === "former" ? held : status, sign: doubt ? SOFT : CERTAIN };
}
