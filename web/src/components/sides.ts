// The class of each role on a page, which has its color and its mark.
export const sides = ['left', 'right', 'third', 'fourth'] as const;
