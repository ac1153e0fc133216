/** Filesystems that other machines serve, by the number that Linux gives their kind: locks and memory maps fail there. */
const NETWORK = new Map([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x517b, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x01021997, '9P'],
  [0x73757245, 'Coda'],
  [0x0bd00bd0, 'Lustre'],
]);

/** The name of a network filesystem by the type that `statfs` tells; nothing for one of this machine. */
export function networkFilesystem(type: number): string | undefined {
  // Some kinds come as a negative number, because the kernel's own is signed.
  return NETWORK.get(type < 0 ? type + 2 ** 32 : type);
}
