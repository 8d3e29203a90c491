// @ts-check
// Names as lines of a label.

export const LETTERS = 24;
const SHORT_LETTERS = 16;
const MOST_LINES = 4;

/**
 * Lines of at most so many letters, broken between words; a longer word has a line of its own.
 * @param {string} words
 * @returns {string[]}
 */
export function wrap(words, letters = LETTERS) {
  const lines = [];
  let line = "";
  for (const word of words.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= letters || !line) line = longer;
    else { lines.push(line); line = word; }
  }
  lines.push(line);
  return lines;
}

/**
 * @param {string} words
 * @param {number} letters
 */
export function shorten(words, letters) {
  return words.length <= letters ? words : `${words.slice(0, letters - 1).trimEnd()}…`;
}

/**
 * A name in one line: what is cut ends with a whole word where one reaches half of the room.
 * @param {string} name
 */
function brief(name) {
  const cut = shorten(name, SHORT_LETTERS);
  const word = cut.lastIndexOf(" ");
  return cut === name || word < SHORT_LETTERS / 2 ? cut : `${cut.slice(0, word).replace(/[\s,;:–—-]+$/, "")}…`;
}

/**
 * A name in full, in two lines, and in one short one, from the longest to the shortest; what fits
 * into one line is not shortened.
 * @param {string} name
 * @returns {string[][]}
 */
export function versions(name) {
  const lines = wrap(name);
  const whole = lines.slice(0, MOST_LINES).map((line) => shorten(line, 2 * LETTERS));
  const two = lines.slice(0, 2).map((line) => shorten(line, LETTERS));
  if (lines.length > 2) two[1] = shorten(`${two[1]} …`, LETTERS);
  return [whole, two, lines.length > 1 ? [brief(name)] : two];
}
