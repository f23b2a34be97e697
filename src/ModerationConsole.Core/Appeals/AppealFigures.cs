namespace ModerationConsole.Core.Appeals;

/// <summary>For which time and what the figures are wanted.</summary>
/// <param name="Days">How far back, 1 to 366.</param>
public sealed record AppealFiguresQuestion(int Days = 90, string? PolicyId = null, string? Language = null, bool? Automated = null);

/// <summary>A share that is never shown without how many it rests on and its interval.</summary>
public sealed record AppealShare(int Hits, int Of);

/// <summary>Figures of one part: a policy, a language, or decisions of programs or of people.</summary>
/// <param name="Key">Id of the policy or tag of the language; null for what names none.</param>
/// <param name="Name">Name for people, where it has one.</param>
/// <param name="Appealed">Decisions that were appealed against, among violations that can be.</param>
/// <param name="Overturned">Appeals that were granted, among those that someone judged.</param>
public sealed record AppealPart(string? Key, string? Name, AppealShare Appealed, AppealShare Overturned);

/// <summary>How often decisions are appealed against, how often they do not stand, and how long an answer takes.</summary>
/// <remarks>
/// People appeal against what they believe to be wrong: the share that does not stand says nothing of all decisions, and is kept
/// apart from what random samples estimate.
/// </remarks>
/// <param name="Median">Half are answered within; null where nothing was.</param>
/// <param name="P90">Nine of ten are answered within; null where nothing was.</param>
/// <param name="Answered">How many answers the two rest on.</param>
/// <param name="Late">Answers that came after they were due.</param>
/// <param name="Open">Appeals that wait now, whenever they came in.</param>
/// <param name="Overdue">Those of them that are past due.</param>
public sealed record AppealFigures(
    AppealShare Appealed, AppealShare Overturned, TimeSpan? Median, TimeSpan? P90, int Answered, int Late, int Open, int Overdue,
    IReadOnlyList<AppealPart> Policies, IReadOnlyList<AppealPart> Languages, IReadOnlyList<AppealPart> Automation)
{
    /// <summary>The value below which a share of sorted values lies, by the nearest rank.</summary>
    internal static TimeSpan? Quantile(IReadOnlyList<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? null : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
}
