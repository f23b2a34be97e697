using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Quality.Results;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Where the third person says what was wrong with a decision and why, before its author is told.</summary>
public sealed partial class ExplainPage
{
    private ToExplain? _about;
    private FormState<Form>? _form;
    private bool _missing;

    /// <summary>The sample.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    public required ReadToExplain ReadToExplain { get; init; }

    [Inject]
    public required ExplainResult ExplainResult { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<ExplainPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _about = await ReadToExplain.RunAsync(await Current.GetAsync(), Id, CancellationToken.None);
        _missing = _about is null;
        _form = _about is null ? null : new FormState<Form>(new Form { Kind = _about.Proposed }, Log);
    }

    private async Task SaveAsync()
    {
        FormState<Form> form = _form!;
        ResultExplanation explanation = new(Id, form.Model.Kind, form.Model.Cause, form.Model.Text);
        if (await form.SaveAsync(async () =>
        {
            form.Problems.Unless(form.Model.Kind is not null, "explain-kind", ResultsText.KindMissing);
            form.Problems.Unless(form.Model.Cause is not null, "explain-cause", ResultsText.CauseMissing);
            form.Problems.Unless(!string.IsNullOrWhiteSpace(form.Model.Text), "explain-text", ResultsText.ExplanationMissing);
            if (!form.Problems.Any)
            {
                Refuse(form.Problems, await ExplainResult.RunAsync(await Current.GetAsync(), explanation, CancellationToken.None));
            }
        }))
        {
            Status.Say(ResultsText.Explained);
            Navigation.NavigateTo("quality/explain");
        }
    }

    private static void Refuse(Problems problems, ExplainOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            ExplainOutcome.Explained => ("", null),
            ExplainOutcome.KindDoesNotFit => ("explain-kind", ResultsText.KindMissing),
            ExplainOutcome.CauseRequired => ("explain-cause", ResultsText.CauseMissing),
            ExplainOutcome.TextRequired => ("explain-text", ResultsText.ExplanationMissing),
            ExplainOutcome.TextTooLong => ("explain-text", ResultsText.TextTooLong),
            ExplainOutcome.NotYours => ("", ResultsText.ExplainNotYours),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        problems.Unless(message is null, field, message ?? "");
    }

    /// <summary>The explanation while it is written.</summary>
    public sealed class Form
    {
        public ErrorKind? Kind { get; set; }

        public RootCause? Cause { get; set; }

        public string Text { get; set; } = "";
    }
}
