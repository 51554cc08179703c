package ai.dimoo.train.worlds.pictograms.scene;

import ai.dimoo.train.worlds.pictograms.things.Colour;
import ai.dimoo.train.worlds.pictograms.things.Glyphs;
import java.util.List;
import java.util.random.RandomGenerator;

/// The words that scenes show: short English ones, numbers, and letters at random, so that all
/// letters come at all places.
public final class Words {

  /// The colours of words.
  public static final List<Colour> COLOURS = List.of(Colour.BLACK, Colour.RED, Colour.BLUE);

  /// English words of two to four letters.
  public static final List<String> ENGLISH =
      List.of(
          """
          AB AM AN AS AT BE BY DO GO HE HI IF IN IS IT ME MY NO OF OH OK ON OR SO TO UP US WE
          ACE ADD AIR ALL AND ANT ANY ARM ART ASK BAD BAG BAR BAT BED BEE BEN BIG BIT BOX BOY BUS
          BUY CAB CAN CAP CAR CAT COW CRY CUP CUT DAD DAY DOG DOT DRY EAR EAT EGG END EVE EYE FAN
          FAR FAT FIT FLY FOG FOX FUN GAS GEM GET GOD GUM GUN GYM HAM HAT HEN HEY HIT HOT HUG ICE
          INK JAM JAR JET JOB JOY KEY KID KIT LAB LAW LEG LET LID LIP LOG LOW MAN MAP MAX MIX MOM
          MUD MUG NET NEW NOW NUT OAK OIL OLD ONE OUT OWL PAN PAY PEA PEN PET PIE PIG PIN POP POT
          RAT RED ROW RUN SAD SAY SEA SEE SIX SKY SUN TAX TEA TEN TIP TOE TOP TOY TRY TWO VAN WAR
          WAX WAY WEB WET WHO WHY WIN WOW YES YOU ZIP ZOO
          ABLE AREA ARMY AWAY BABY BACK BALL BAND BANK BATH BEAR BELL BEST BIKE BIRD BLUE BOAT
          BODY BOOK BOSS CAKE CALL CARD CASH CITY CLUB COLD COOL CORN DARK DEER DESK DOOR DOWN
          DRUM DUCK EAST EASY EXIT FACE FARM FAST FIRE FISH FIVE FLAG FOOD FOUR FREE FROG GAME
          GIFT GIRL GOAL GOLD GOOD HAIR HALF HAND HEAD HELP HERO HIGH HOME HOPE IDEA JAZZ JUMP
          KING KISS LAKE LAMP LEAF LIFE LION LOVE LUCK MILK MIND MOON NAME NEWS NEXT NICE NINE
          OPEN PARK PINK PLAY POOL QUIZ RAIN RICE RING ROAD ROCK ROSE SALE SALT SHIP SHOP SHOW
          SING SNOW SOFA SONG STAR STOP SWIM TAXI TEAM TIME TREE TRIP VERY WALK WARM WAVE WEST
          WILD WIND WOLF WOOD WORD YEAR ZERO
          """
              .strip()
              .split("\\s+"));

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";

  private Words() {}

  /// A word: a quarter are English, a quarter numbers or with digits, half are letters at random.
  static String draw(RandomGenerator random) {
    double share = random.nextDouble();
    if (share < 0.25) {
      return ENGLISH.get(random.nextInt(ENGLISH.size()));
    }
    String of = share < 0.4 ? DIGITS : share < 0.5 ? Glyphs.CHARACTERS : LETTERS;
    StringBuilder word = new StringBuilder();
    int length = 2 + random.nextInt(Subject.Word.MOST_LETTERS - 1);
    while (word.length() < length) {
      word.append(of.charAt(random.nextInt(of.length())));
    }
    return word.toString();
  }
}
