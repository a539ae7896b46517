// The comparison arithmetic, as in resolvers/comparisons/arithmetic.py.

const CRITICAL_VALUE = 1.645;
const LEAST_STANDARD_ERROR_PERCENT = 0.05;
const NOTHING = { value: null, errorPercent: null, atLeast: null };

export function difference(left, right, { percentages = false } = {}) {
  left ??= NOTHING;
  right ??= NOTHING;
  // Growth over different periods cannot be compared.
  const known = left.value !== null && right.value !== null && left.measure === right.measure;
  const gap = known ? left.value - right.value : null;
  const error = known ? standardError(left, right) : null;
  const tested = error !== null;
  return {
    left: left.value,
    right: right.value,
    absolute: known ? rounded(gap) : null,
    percent: known && !percentages && right.value !== 0 ? rounded((100 * gap) / right.value) : null,
    higher: known ? higher(gap) : certainlyHigher(left, right),
    verdict: !tested ? 'NOT_TESTABLE' : Math.abs(gap) / error > CRITICAL_VALUE ? 'SIGNIFICANT' : 'NOT_SIGNIFICANT',
    zScore: tested ? rounded(Math.abs(gap) / error) : null,
    confidence: tested ? interval(gap, CRITICAL_VALUE * error) : null,
  };
}

function standardError(left, right) {
  if (left.errorPercent === null || right.errorPercent === null) return null;
  if (left.errorPercent === 0 && right.errorPercent === 0) return null;
  const leftError = ((left.errorPercent || LEAST_STANDARD_ERROR_PERCENT) / 100) * left.value;
  const rightError = ((right.errorPercent || LEAST_STANDARD_ERROR_PERCENT) / 100) * right.value;
  return Math.sqrt(leftError ** 2 + rightError ** 2) || null;
}

function higher(gap) {
  return gap === 0 ? 'EQUAL' : gap > 0 ? 'LEFT' : 'RIGHT';
}

// A top-coded figure is higher than a published figure below its bound.
function certainlyHigher(left, right) {
  if (isAbove(left, right)) return 'LEFT';
  return isAbove(right, left) ? 'RIGHT' : null;
}

function isAbove(capped, published) {
  return capped.value === null && capped.atLeast !== null && published.value !== null && capped.atLeast > published.value;
}

function interval(gap, margin) {
  return { level: 90, low: rounded(gap - margin), high: rounded(gap + margin) };
}

// Rounds to four decimals, halves to even, without negative zeros.
export function rounded(value) {
  const scaled = value * 10000;
  const nearest = Math.round(scaled);
  if (Math.abs(scaled - nearest) < 0.4999) return nearest / 10000 + 0;
  // The product may be rounded. Only a multiple of 1/32 is exactly halfway.
  const even = 2 * Math.round(scaled / 2);
  return Number.isInteger(value * 32) ? even / 10000 + 0 : Number(value.toFixed(4)) + 0;
}
