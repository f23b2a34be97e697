using ModerationConsole.Core.Decisions.Desk;

namespace ModerationConsole.Core.Actors;

/// <summary>How much more or less urgent a case is for who reported it.</summary>
/// <remarks>
/// One step of ten either way, on a scale where 50 is ordinary, so that a reporter never outweighs a severity that routing knows:
/// ten more where at least one reporter is usually right, ten less where every reporter is often wrong, else nothing. The words
/// come from <see cref="ReporterRecord"/>, which needs six judged reports and a whole interval on one side, so a few reports say
/// nothing. A case that is open never becomes less urgent by a later report.
/// </remarks>
public static class ReporterWeight
{
    /// <summary>Most that it adds or takes.</summary>
    public const int Step = 10;

    /// <summary>What reporters of these standings add to the priority.</summary>
    public static int Of(IReadOnlyCollection<ReporterStanding> reporters)
    {
        ArgumentNullException.ThrowIfNull(reporters);
        return reporters.Contains(ReporterStanding.UsuallyRight) ? Step
            : reporters.Count > 0 && reporters.All(standing => standing == ReporterStanding.OftenWrong) ? -Step
            : 0;
    }
}
