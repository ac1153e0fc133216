import * as z from 'zod/mini';

export const text = () => z.string();
export const texts = () => z.array(z.string());
export const optionalText = () => z.optional(z.string());
export const count = () => z.int().check(z.minimum(0));
export const amount = () => z.number().check(z.minimum(0));
export const textOrTexts = () => z.union([z.string(), z.array(z.string())]);

export const matching = (pattern: RegExp, wanted: string) => z.string().check(z.regex(pattern, wanted));

export const uri = () => z.string().check(z.refine((text) => URL.canParse(text), 'an absolute URI'));
