using ModerationConsole.Core.Escalations.Precedents;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>A precedent while it is written.</summary>
public sealed class PrecedentForm
{
    public string Policy { get; set; } = "";

    public string Title { get; set; } = "";

    public string Rule { get; set; } = "";

    public string Facts { get; set; } = "";

    public string Reasoning { get; set; } = "";

    public string Examples { get; set; } = "";

    public string Tags { get; set; } = "";

    /// <summary>A precedent's words as they are now.</summary>
    public static PrecedentForm Of(PrecedentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        PrecedentVersion words = view.Shown;
        return new PrecedentForm
        {
            Policy = view.Precedent.PolicyId,
            Title = words.Title,
            Rule = words.Rule,
            Facts = words.Facts,
            Reasoning = words.Reasoning,
            Examples = words.Examples,
            Tags = string.Join(", ", words.Tags.Split(',')),
        };
    }

    /// <summary>What the core is asked to save.</summary>
    public PrecedentDraft Draft() => new(Title, Facts, Rule, Reasoning, Examples, Tags.Split(','));
}
