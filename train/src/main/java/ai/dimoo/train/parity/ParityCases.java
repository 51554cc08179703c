package ai.dimoo.train.parity;

/// One group of cases. A new group is a new class and an entry in {@link Parity}'s list.
@FunctionalInterface
interface ParityCases {

  /// Runs every case of the group that the folder holds.
  void check(ReferenceFolder folder, ParityReport report);
}
