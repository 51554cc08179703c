package ai.dimoo.train.parallel;

import ai.dimoo.error.EnvironmentException;
import ai.dimoo.error.UserException;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/// Where the ranks of a training find each other: rank 0 listens there, the others come to it; then
/// each is connected with each, at ports that the system chooses. Nothing of it is encrypted, and
/// who comes is not asked for a key: for a network that one trusts.
///
/// @param host of rank 0, as the others see it
/// @param port at which rank 0 listens, 1 to 65535
/// @param rank which of them this process is, from 0
/// @param world how many there are, 2 or more
/// @param timeout how long one waits for another, here and later
public record Rendezvous(String host, int port, int rank, int world, Duration timeout) {

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  /// @throws IllegalArgumentException if a number is out of range
  public Rendezvous {
    if (port < 1 || port > 65_535 || world < 2 || rank < 0 || rank >= world) {
      throw new IllegalArgumentException(
          "port %d, rank %d of %d; expected a port from 1 to 65535, a rank from 0, below the number of ranks, of which there are 2 or more"
              .formatted(port, rank, world));
    }
  }

  /// Waits for all ranks, and connects with them.
  ///
  /// @param device where is computed: on CUDA's NCCL connects them, elsewhere Gloo
  /// @param stopped asked while it waits
  /// @return all together, the caller's to close
  /// @throws EnvironmentException if they do not all come in time, or the port is taken
  /// @throws UserException if there is such a rank already, or rank 0 expects another number
  /// @throws CancellationException if it was stopped
  public Ranks join(Device device, BooleanSupplier stopped) {
    Deadline deadline = new Deadline(System.nanoTime() + timeout.toNanos(), stopped);
    try {
      if (rank == 0) {
        requireFreePort();
      } else {
        awaitFirst(deadline);
      }
      Store store = store();
      try {
        return connect(store, device, deadline);
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
    } catch (LinkageError e) {
      throw new EnvironmentException(
          "Processes cannot be connected on this machine (%s); train with one."
              .formatted(e.getMessage()),
          e);
    }
  }

  private record Deadline(long nanos, BooleanSupplier stopped) {

    /// Waits a little.
    ///
    /// @return whether there is time left
    boolean pause() {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped");
      }
      try {
        Thread.sleep(BETWEEN_TRIES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while ranks were awaited");
      }
      return System.nanoTime() < nanos;
    }
  }

  private String address() {
    return host + ":" + port;
  }

  /// LibTorch's own message is a page.
  private void requireFreePort() {
    try (ServerSocket free = new ServerSocket(port)) {
      free.getLocalPort();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Port %d is taken (%s): give another with --master, to all ranks."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private void awaitFirst(Deadline deadline) {
    while (true) {
      try (Socket there = new Socket()) {
        there.connect(new InetSocketAddress(host, port), (int) BETWEEN_TRIES.toMillis());
        return;
      } catch (IOException e) {
        if (!deadline.pause()) {
          throw new EnvironmentException(
              "Rank 0 was not at %s for %d s: start it, or mend --master."
                  .formatted(address(), timeout.toSeconds()),
              e);
        }
      }
    }
  }

  private Store store() {
    TCPStoreOptions options =
        new TCPStoreOptions()
            .port((short) port)
            .isServer(rank == 0)
            .waitWorkers(false)
            .timeout(milliseconds());
    return new TCPStore(host, options);
  }

  private Milliseconds milliseconds() {
    return new Milliseconds(timeout.toMillis());
  }

  private Ranks connect(Store store, Device device, Deadline deadline) {
    if (store.add("of " + world, 1) != store.add("all", 1)) {
      throw new UserException(
          "The ranks at %s do not agree how many they are; this one was given --world %d. Give all the same."
              .formatted(address(), world));
    }
    if (store.add("rank " + rank, 1) > 1) {
      throw new UserException(
          "There is a rank %d at %s already; give each process a --rank of its own, from 0 to %d."
              .formatted(rank, address(), world - 1));
    }
    while (store.add("all", 0) < world) {
      if (!deadline.pause()) {
        throw new EnvironmentException(
            "%d of %d ranks came to %s within %d s: start the others."
                .formatted(store.add("all", 0), world, address(), timeout.toSeconds()));
      }
    }
    return new ConnectedRanks(rank, world, store, group(store, device), device, timeout);
  }

  private Backend group(Store store, Device device) {
    if (device.is_cuda()) {
      ProcessGroupNCCL.Options options = ProcessGroupNCCL.Options.create();
      options.timeout(milliseconds());
      return new ProcessGroupNCCL(store, rank, world, options);
    }
    GlooDeviceVector network = new GlooDeviceVector();
    network.push_back(ProcessGroupGloo.createDeviceForHostname(ownAddress()));
    ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(milliseconds());
    options.devices(network);
    return new ProcessGroupGloo(store, rank, world, options);
  }

  /// This machine's address on the way to rank 0; no packet is sent.
  private String ownAddress() {
    try (DatagramSocket way = new DatagramSocket()) {
      way.connect(new InetSocketAddress(host, port));
      return way.getLocalAddress().getHostAddress();
    } catch (IOException e) {
      throw new EnvironmentException(
          "There is no way to %s (%s).".formatted(address(), e.getMessage()), e);
    }
  }
}
