package dev.offshoot.proof.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.offshoot.proof.fault.Mutants.Mutant;
import dev.offshoot.proof.fault.Mutation.Change;
import dev.offshoot.wire.Cursor;

class MutationTest {
  @TempDir
  Path folder;

  static Iterable<Mutant> mutants() {
    return Mutants.all();
  }

  /** Sees the changed class, and with it its whole package anew: who is let in goes by the loader too. */
  private static final class Changed extends URLClassLoader {
    private final String family;

    Changed(URI folder, String type) throws Exception {
      super(new URL[] {folder.toURL(), Class.forName(type, false, MutationTest.class.getClassLoader()).getProtectionDomain()
          .getCodeSource().getLocation()}, MutationTest.class.getClassLoader());
      this.family = type.substring(0, type.lastIndexOf('.') + 1);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(family)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void aMutantIsAClassThatTheMachineAccepts(Mutant mutant) throws Exception {
    mutant.mutation().writeTo(folder);
    try (Changed loader = new Changed(folder.toUri(), mutant.mutation().type())) {
      Class<?> changed = Class.forName(mutant.mutation().type(), true, loader);
      assertThat(changed.getClassLoader()).isSameAs(loader);
    }
  }

  @Test
  void aCursorThatCoversNothingIsMade() throws Exception {
    assertThat(new Cursor("t", 5, 1).covers("t", 3)).isTrue();
    Mutation mutation = new Mutation(Cursor.class.getName(), "covers", new Change.DoesNothing());
    mutation.writeTo(folder);
    try (Changed loader = new Changed(folder.toUri(), Cursor.class.getName())) {
      Class<?> changed = Class.forName(Cursor.class.getName(), true, loader);
      Object cursor = changed.getConstructor(String.class, long.class, long.class).newInstance("t", 5L, 1L);
      assertThat(changed.getMethod("covers", String.class, long.class).invoke(cursor, "t", 3L)).isEqualTo(false);
    }
  }

  @Test
  void aMutationThatChangesNothingIsRefused() {
    assertThatThrownBy(() -> new Mutation(Cursor.class.getName(), "noSuchMethod", new Change.DoesNothing()).writeTo(folder))
        .hasMessageContaining("has nothing to change");
  }
}
