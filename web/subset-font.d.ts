// The package has no types of its own. These are of the options that the build uses.
declare module 'subset-font' {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { targetFormat: 'woff2' | 'truetype'; variationAxes: Record<string, { min: number; max: number }> },
  ): Promise<Buffer>;
}
