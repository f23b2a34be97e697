using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Actors;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Actors;

/// <summary>How strikes are counted, and what is recommended at how many.</summary>
public sealed partial class StrikesPage
{
    private FormState<StrikesForm>? _form;
    private StrikeTable? _table;
    private IReadOnlyList<ActionLine> _actions = [];

    [Inject]
    public required ReadStrikeTable ReadStrikeTable { get; init; }

    [Inject]
    public required SaveStrikeTable SaveStrikeTable { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<StrikesPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _actions = [.. (await ListActions.RunAsync(await Current.GetAsync(), CancellationToken.None)).Where(action => !action.Archived)];
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _table = await ReadStrikeTable.RunAsync(await Current.GetAsync(), CancellationToken.None);
        _form = new FormState<StrikesForm>(StrikesForm.Of(_table), Log);
    }

    private async Task SaveAsync()
    {
        FormState<StrikesForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(SharedText.Saved);
            await ReadAsync();
        }
    }

    private async Task StoreAsync(FormState<StrikesForm> form)
    {
        SaveStrikeTableOutcome outcome = await SaveStrikeTable.RunAsync(await Current.GetAsync(), form.Model.ToTable(), _table!, CancellationToken.None);
        (string Field, string Message)? problem = outcome switch
        {
            SaveStrikeTableOutcome.Saved => null,
            SaveStrikeTableOutcome.WeightInvalid => ("strike-weights", ActorsText.WeightInvalid),
            SaveStrikeTableOutcome.StepInvalid => ("strike-steps", ActorsText.StepInvalid),
            SaveStrikeTableOutcome.UnknownAction => ("strike-steps", ActorsText.UnknownAction),
            SaveStrikeTableOutcome.NeedsAPerson => ("strike-steps", ActorsText.NeedsAPerson),
            SaveStrikeTableOutcome.Changed => ("", SharedText.ChangedMeanwhile),
            _ => throw new InvalidOperationException("The outcome is unknown."),
        };
        if (problem is var (field, message))
        {
            form.Problems.Add(field, message);
        }
    }
}
