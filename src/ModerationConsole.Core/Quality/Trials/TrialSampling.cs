using ModerationConsole.Core.Decisions;

namespace ModerationConsole.Core.Quality.Trials;

/// <summary>A past decision that may be drawn.</summary>
internal sealed record TriedDecision(Guid Id, long CaseNumber, Verdict Verdict, string? Language);

/// <summary>A group of them with what was drawn of it.</summary>
internal sealed record DrawnGroup(Verdict? Verdict, string? Language, int Population, IReadOnlyList<TriedDecision> Drawn);

/// <summary>Draws a stratified sample: a pure function of the decisions and the trial's secret.</summary>
internal static class TrialSampling
{
    /// <summary>How many are drawn at most.</summary>
    public const int Size = 50;

    private const int MostGroups = 8;
    private const int LeastOfAGroup = 3;

    /// <summary>Groups by verdict and language; small ones that are too many stand together as the rest. Within a group each is as likely as any other.</summary>
    public static IReadOnlyList<DrawnGroup> Draw(IReadOnlyCollection<TriedDecision> decisions, Guid salt)
    {
        List<(Verdict? Verdict, string? Language, List<TriedDecision> All)> groups =
        [
            .. decisions.GroupBy(one => (one.Verdict, one.Language)).OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.Verdict).ThenBy(group => group.Key.Language, StringComparer.Ordinal)
                .Select(group => ((Verdict?)group.Key.Verdict, group.Key.Language, group.ToList())),
        ];
        if (groups.Count > MostGroups)
        {
            List<TriedDecision> rest = [.. groups.Skip(MostGroups - 1).SelectMany(group => group.All)];
            groups = [.. groups.Take(MostGroups - 1), (null, null, rest)];
        }

        int[] shares = Allocate([.. groups.Select(group => group.All.Count)]);
        return [.. groups.Select((group, place) => new DrawnGroup(
            group.Verdict, group.Language, group.All.Count, [.. group.All.OrderBy(one => SampleDraw.Of(one.Id, salt)).ThenBy(one => one.Id).Take(shares[place])]))];
    }

    /// <summary>
    /// How many of each group: some of every one, so that none is unknown, and the others by size (each goes to the group that has the
    /// most decisions for each that is drawn).
    /// </summary>
    public static int[] Allocate(IReadOnlyList<int> sizes)
    {
        int[] shares = [.. sizes.Select(size => Math.Min(size, LeastOfAGroup))];
        for (int left = Math.Min(Size, sizes.Sum()) - shares.Sum(); left > 0; left--)
        {
            int most = Enumerable.Range(0, shares.Length).Where(place => shares[place] < sizes[place]).MaxBy(place => (double)sizes[place] / (shares[place] + 1));
            shares[most]++;
        }

        return shares;
    }
}
