package dev.offshoot.reporter.html;

import static dev.offshoot.reporter.html.Markup.css;

import dev.offshoot.reporter.model.Excerpt;
import dev.offshoot.reporter.model.FlywaySetting;

/** What the branch's own files tell Flyway, and what becomes of it. */
final class ConfigurationSection {
  private final Markup page;

  ConfigurationSection(Markup page) {
    this.page = page;
  }

  void write(Excerpt<FlywaySetting> settings) {
    if (settings.isEmpty()) {
      return;
    }
    page.open("section").element("h2", "Flyway’s configuration");
    page.note("The operator decides on it, not the branch. Of the branch’s own files:");
    page.open("ul", css("reasons"));
    settings.items().forEach(this::setting);
    page.close("ul").more(settings.more()).close("section").line();
  }

  private void setting(FlywaySetting setting) {
    String tone = switch (setting.heed()) {
      case HEEDED -> "pass";
      case NOT_HEEDED -> "note-mark";
      case RUNS_OTHERWISE -> "dba";
    };
    String word = switch (setting.heed()) {
      case HEEDED -> "heeded";
      case NOT_HEEDED -> "not";
      case RUNS_OTHERWISE -> "differs";
    };
    page.open("li", css(tone)).element("span", word, css("mark")).open("div").open("p").code(setting.file());
    if (!setting.key().isEmpty()) {
      page.text(": ").code(setting.key());
    }
    page.text(" " + setting.says()).close("p").close("div").close("li");
  }
}
