using ModerationConsole.Core.Appeals;
using ModerationConsole.Core.Escalations;
using ModerationConsole.Core.Notices;
using ModerationConsole.Core.Quality.Reviewing;

namespace ModerationConsole.Web.Components.Review;

/// <summary>What a task is to answer, beyond its case.</summary>
/// <param name="Asked">What a moderator asked, where the task is an expert's.</param>
/// <param name="Opinions">What two others found, where the task is a third person's.</param>
public sealed record DeskBrief(AskedQuestion? Asked, IReadOnlyList<UnnamedOpinion> Opinions)
{
    /// <summary>What is appealed against, where the task is an appeal.</summary>
    public AppealOnDesk? Appeal { get; init; }

    /// <summary>Legal notices that wait for it, the one that is due first at the top.</summary>
    public IReadOnlyList<CaseNotice> Notices { get; init; } = [];

    /// <summary>Nothing beyond the case.</summary>
    public static DeskBrief None { get; } = new(null, []);
}
