using System.Collections.Frozen;

namespace ModerationConsole.Core.Escalations.Precedents;

/// <summary>Which words of a text can tell it from others.</summary>
internal static class CommonWords
{
    private const int ShortestLatin = 4;
    private const int MostWords = 400;

    // So frequent that two texts having one in common says nothing, even among few precedents; among many, how often a word
    // is there decides. English, German, French and Spanish, four letters or more.
    private static readonly FrozenSet<string> s_frequent = (
        "about after again also because been before being could does down each even ever every from good have here into just know like made make many more most much "
        + "must never only other over people post posts same said should some such than that their them then there these they thing this those though time under until upon very "
        + "want were what when where which while will with without would your yours account user users content case policy rule "
        + "aber alle auch beim dann dass dein denn dich diese dieser dieses doch durch eine einem einen einer eines euch habe haben hatte hier ihre immer jetzt kann kein keine mehr mein muss nach nicht noch "
        + "oder ohne sein sich sind uber unter viel wenn werden wird wurde "
        + "aussi avec avoir cette comme dans donc elle elles etre fait leur mais meme nous pour plus quand quel sans sont sous tout tous tres une vous "
        + "aqui como con cuando cual desde donde ella ellos esta este esto fue hasta para pero porque puede sobre solo tambien tiene toda todo una").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words of a folded text, each once, in the order in which they come: none that is very frequent, very short or a number.</summary>
    public static IReadOnlyList<string> TellingIn(string folded) =>
        [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(Tells).Distinct(StringComparer.Ordinal).Take(MostWords)];

    private static bool Tells(string word) =>
        word.Length >= (char.IsAscii(word[0]) ? ShortestLatin : 2) && !s_frequent.Contains(word) && !word.All(char.IsDigit);
}
