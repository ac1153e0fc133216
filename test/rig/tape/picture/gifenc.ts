import { createRequire } from 'node:module';

export type Rgb = [number, number, number];

type FrameOptions = {
  /** Needed for the first frame, whose palette then serves them all. */
  palette?: Rgb[];
  /** Milliseconds. */
  delay?: number;
  transparent?: boolean;
  transparentIndex?: number;
  /** What becomes of the frame when the next one comes; 1 leaves it. */
  dispose?: number;
  /** How often the picture plays; 0 is without end. */
  repeat?: number;
};

type Gifenc = {
  GIFEncoder(): {
    writeFrame(indexes: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  };
  quantize(rgba: Uint8Array, colors: number): Rgb[];
};

// The package has no types, and its exports are not the same to an import in Node and in a bundler.
export const gifenc: Gifenc = createRequire(import.meta.url)('gifenc');
