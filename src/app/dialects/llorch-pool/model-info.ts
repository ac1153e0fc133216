import { bytes } from '#engines/core/bytes.ts';
import type { Info } from '#engines/models/info.ts';

/** What the catalog says, what is on the disk, and what the files say of themselves. */
export function infoLines({ model, url, header, differences, files, total, config }: Info): string[] {
  return [
    ...factLines({
      Model: model.id,
      Name: model.name,
      About: model.description,
      'HF Repo': url,
      File: model.file,
      Size: model.expectedSize === null ? null : bytes(model.expectedSize),
      Params: model.params,
      Note: model.doubt,
      Status: model.state,
    }),
    ...(files.length === 0
      ? ['', `Not downloaded: llorch-pool models download ${model.id}`]
      : [
          '',
          'Files:',
          ...files.map(({ file, size }) => `  ${file} - ${bytes(size)}`),
          `Disk usage: ${bytes(total)}`,
        ]),
    ...(header === null
      ? []
      : [
          '',
          ...factLines({
            Architecture: header.architecture,
            Parameters: header.parameters.toLocaleString('en'),
            Context: header.contextLength === null ? null : `${header.contextLength} tokens`,
            Quantisation: header.quantisation,
            Tensors: String(header.tensors),
          }),
        ]),
    ...differences.map((difference) => `Differs: ${difference}`),
    ...(config === null ? [] : ['', 'config.json:', ...JSON.stringify(config, null, 2).split('\n')]),
  ];
}

function factLines(facts: Record<string, string | null>): string[] {
  return Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
}
