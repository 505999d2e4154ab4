// Learner codes, as cslearn.northfold.codes writes them: twelve symbols, the last one a check.

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LOOKALIKES = { O: "0", I: "1", L: "1" };

const checkSymbol = (body) => {
  // Luhn's algorithm in base 32.
  let total = 0;
  [...body].reverse().forEach((symbol, place) => {
    const value = SYMBOLS.indexOf(symbol) * (place % 2 === 0 ? 2 : 1);
    total += Math.floor(value / 32) + (value % 32);
  });
  return SYMBOLS[(32 - (total % 32)) % 32];
};

const short = (text) => {
  const one = text.trim().split(/\s+/).join(" ");
  const letters = [...one];
  return letters.length <= 30 ? one : `${letters.slice(0, 27).join("")}...`;
};

// { code } put right, or { sentence } that says why it is none.
export const tidyCode = (text) => {
  const plain = [...text.toUpperCase()]
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .map((letter) => LOOKALIKES[letter] ?? letter)
    .join("");
  if ([...plain].length !== 12 || [...plain].some((letter) => !SYMBOLS.includes(letter))) {
    return {
      sentence: `'${short(text)}' is not a learner code; a code has twelve letters and digits, like 7KQ2-9MXD-41TF.`,
    };
  }
  if (checkSymbol(plain.slice(0, -1)) !== plain.at(-1)) {
    return { sentence: `The learner code '${short(text)}' has a typing mistake; compare it with the one your tutor sent.` };
  }
  return { code: `${plain.slice(0, 4)}-${plain.slice(4, 8)}-${plain.slice(8)}` };
};
