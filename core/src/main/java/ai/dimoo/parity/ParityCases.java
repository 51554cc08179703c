package ai.dimoo.parity;

/// One group of cases. A new group is a new class and an entry in `LibraryCases`, or in the
/// trainer's list.
@FunctionalInterface
public interface ParityCases {

  /// Runs every case of the group that the folder holds.
  void check(ReferenceFolder folder, ParityReport report);
}
