using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Quality.Sampling;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>A sampling plan: made as a draft with what it would draw beside it, activated, ended.</summary>
public sealed partial class PlanPage : IDisposable
{
    private readonly CancellationSeries _previews = new();
    private FormState<PlanForm>? _form;
    private PlanDetails? _stored;
    private PlanChoices? _choices;
    private PlanForecast? _forecast;
    private double? _wanted;
    private bool _missing;
    private (Guid?, Guid?)? _shown;

    /// <summary>The plan; null to make one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The plan that a new one begins as a copy of.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? From { get; set; }

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [Inject]
    public required PlanCommands Commands { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<PlanPage> Log { get; init; }

    private string WhatActivatingDoes => string.Join(' ', new[]
    {
        _forecast is { } known ? PlansText.ActivateDoes.With(PlanWords.Amount(known.DrawnPerWeek)) : PlansText.ActivateDoesUnknown,
        _stored?.Present is { } present ? PlansText.ActivateEnds.With(present) : null,
        PlansText.ActivateKeeps,
    }.OfType<string>());

    public void Dispose() => _previews.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != (Id, From))
        {
            _shown = (Id, From);
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        Caller caller = await Current.GetAsync();
        _choices ??= await Commands.ChoicesAsync(caller, CancellationToken.None);
        PlanDetails? read = (Id ?? From) is { } id ? await Commands.Read.RunAsync(caller, id, CancellationToken.None) : null;
        (_stored, _missing) = (Id is null ? null : read, Id is not null && read is null);
        _form = new FormState<PlanForm>(read is null ? new PlanForm() : PlanForm.Of(read.Draft), Log);
        if (Id is null && read is not null)
        {
            _form.Model.Name = PlansText.CopyOf.With(read.Draft.Name);
        }

        if (!_missing)
        {
            await PreviewAsync();
        }
    }

    private async Task PreviewAsync()
    {
        CancellationToken latest = _previews.Next();
        try
        {
            PlanPreview preview = await Commands.Preview.RunAsync(await Current.GetAsync(), _form!.Model.Draft(null, null), _wanted / 100, latest);
            _forecast = preview.Forecast;
        }
        catch (OperationCanceledException) when (latest.IsCancellationRequested)
        {
            // Something else was typed meanwhile, and is foretold in its place.
        }
    }

    private Task WantAsync(double? points)
    {
        _wanted = points;
        return PreviewAsync();
    }

    private Task UseRateAsync(double rate)
    {
        _form!.Model.RandomPercent = PlanForm.Percent(rate);
        return PreviewAsync();
    }

    private Task AddAsync()
    {
        _form!.Model.Strata.Add(new StratumForm());
        return PreviewAsync();
    }

    private Task RemoveAsync(StratumForm stratum)
    {
        _form!.Model.Strata.Remove(stratum);
        return PreviewAsync();
    }

    private Task MoveAsync(int place, int by)
    {
        List<StratumForm> strata = _form!.Model.Strata;
        (strata[place], strata[place + by]) = (strata[place + by], strata[place]);
        return PreviewAsync();
    }

    private async Task SaveAsync()
    {
        if (await StoreAsync() is { } id)
        {
            Status.Say(SharedText.SavedThing.With(_form!.Model.Name.Trim()));
            await ShowAsync(id);
        }
    }

    private async Task ActivateAsync()
    {
        FormState<PlanForm> form = _form!;
        // What was typed last may not have been foretold yet. What would be refused is said here, before anything is stored, beside its field.
        await PreviewAsync();
        if (_forecast?.NeededRandomRate is { } needed)
        {
            await form.SaveAsync(() =>
            {
                form.Problems.Add("plan-random", PlansText.RandomTooSmallAnyMix.With(PlanWords.Percent(needed)));
                return Task.CompletedTask;
            });
            return;
        }

        Guid? id = form.Dirty || _stored is null ? await StoreAsync() : Id;
        if (id is not { } plan || !await form.SaveAsync(() => LetDrawAsync(form, plan)))
        {
            // What is saved by now is a draft with an address of its own.
            if (id is { } draft && Id is null)
            {
                Status.Say(form.Problems.All[0].Message);
                Navigation.NavigateTo($"quality/plans/{draft}");
            }

            return;
        }

        Status.Say(PlansText.Activated.With(form.Model.Name.Trim()));
        await ShowAsync(plan);
    }

    private async Task LetDrawAsync(FormState<PlanForm> form, Guid plan)
    {
        Caller caller = await Current.GetAsync();
        PlanDetails? read = await Commands.Read.RunAsync(caller, plan, CancellationToken.None);
        ActivatedPlan done = await Commands.Activate.RunAsync(caller, plan, read?.Draft.Version ?? 0, CancellationToken.None);
        switch (done.Outcome)
        {
            case ActivatePlanOutcome.Activated:
                break;
            case ActivatePlanOutcome.RandomShareTooSmall:
                form.Problems.Add("plan-random", PlansText.RandomTooSmallAnyMix.With(PlanWords.Percent(done.NeededRandomRate!.Value)));
                break;
            case ActivatePlanOutcome.NotDraft:
                form.Problems.Add("", PlansText.NotDraft);
                break;
            case ActivatePlanOutcome.Changed:
                form.Problems.Add("", SharedText.ChangedMeanwhile);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(plan), done.Outcome, null);
        }
    }

    private async Task EndAsync()
    {
        await Commands.End.RunAsync(await Current.GetAsync(), Id!.Value, CancellationToken.None);
        Status.Say(PlansText.Ended.With(_stored!.Draft.Name));
        await ReadAsync();
    }

    // The id once it is stored.
    private async Task<Guid?> StoreAsync()
    {
        FormState<PlanForm> form = _form!;
        Guid? id = null;
        await form.SaveAsync(async () =>
        {
            SavedPlan saved = await Commands.Save.RunAsync(await Current.GetAsync(), form.Model.Draft(Id, _stored?.Draft.Version), CancellationToken.None);
            if (PlanProblems.Of(saved) is var (field, message))
            {
                form.Problems.Add(field, message);
            }

            id = saved.Id;
        });
        return id;
    }

    private Task ShowAsync(Guid id)
    {
        if (Id == id)
        {
            return ReadAsync();
        }

        Navigation.NavigateTo($"quality/plans/{id}");
        return Task.CompletedTask;
    }

    private string Since(PlanDetails plan) => plan.ActiveUntil is { } until
        ? PlansText.DrewFromTo.With(Moment.Exact(plan.ActiveFrom!.Value), Moment.Exact(until))
        : PlansText.DrawsSince.With(Moment.Exact(plan.ActiveFrom!.Value), plan.MadeBy);
}
