"""Words that show an entry to come from the sports desk or the pages of leisure rather than from those of the news."""

from language.sentences import words

# Left out is what news needs too, as a word or as the stem of one: a militant "outfit", a "league" of states, a squad,
# Japan's Diet, a "battered" economy, an inn, a "film" that shows a raid, a "lottery" for visas.
SPORT = """cricket cricketer cricketers football footballer footballers soccer rugby tennis nba nfl nhl mlb ipl odi t20
    afcon ufc wwe striker goalkeeper midfielder quarterback batsman bowler wicket playoffs touchdown semifinal
    semifinals quarterfinal quarterfinals olympics olympic championship tournament motorsport"""
LEISURE = """quiz crossword horoscope zodiac astrology astrologer tarot psychic clairvoyant numerology wordle sudoku
    tracksuit wardrobe hairstyle celebrity celebrities gossip movie movies hollywood bollywood netflix songwriter singer
    comedian skincare makeup meme memes karaoke sitcom"""
STEMS = words.stems(SPORT) | words.stems(LEISURE)
