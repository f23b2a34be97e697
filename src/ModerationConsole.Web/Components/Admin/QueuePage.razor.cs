using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Enforcement;
using ModerationConsole.Core.People;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Queues;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>Adds a queue, or changes one: its rules, its pinned policies, who may work it.</summary>
public sealed partial class QueuePage
{
    private FormState<QueueForm>? _form;
    private KeyValuePair<string, string>[] _policies = [];
    private KeyValuePair<string, string>[] _actions = [];
    private KeyValuePair<string, string>[] _people = [];
    private KeyValuePair<string, string>[] _teams = [];
    private string? _name;
    private bool _missing;

    /// <summary>The queue's address; null to add one.</summary>
    [Parameter]
    public string? Slug { get; set; }

    [Inject]
    public required QueueCommands Commands { get; init; }

    [Inject]
    public required ListPolicies ListPolicies { get; init; }

    [Inject]
    public required ListActions ListActions { get; init; }

    [Inject]
    public required ListPeopleNames ListPeopleNames { get; init; }

    [Inject]
    public required ListTeamNames ListTeamNames { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<QueuePage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        Caller caller = await Current.GetAsync();
        QueueSettings? queue = Slug is null
            ? null
            : (await Commands.ListQueues.RunAsync(caller, CancellationToken.None)).FirstOrDefault(row => row.Slug == Slug);
        _missing = Slug is not null && queue is null;
        _name = queue?.Name;
        QueueForm form = queue is null ? new QueueForm() : QueueForm.Of(queue, await Commands.ListQueueAccess.RunAsync(caller, queue.Id!.Value, CancellationToken.None));
        _policies = [.. (await ListPolicies.RunAsync(caller, archived: false, CancellationToken.None))
            .Select(policy => KeyValuePair.Create(policy.Id, $"{policy.Code} {policy.Name}"))];
        _actions = [.. (await ListActions.RunAsync(caller, CancellationToken.None))
            .Where(action => !action.Archived || form.HiddenActions.Contains(action.Id)).Select(action => KeyValuePair.Create(action.Id, action.Name))];
        _people = [.. (await ListPeopleNames.RunAsync(caller, CancellationToken.None))
            .Where(person => !person.Disabled || form.People.Contains(person.Id.ToString())).Select(person => KeyValuePair.Create(person.Id.ToString(), person.Name))];
        _teams = [.. (await ListTeamNames.RunAsync(caller, CancellationToken.None)).Select(team => KeyValuePair.Create(team.Id.ToString(), team.Name))];
        _form = _missing ? null : new FormState<QueueForm>(form, Log);
    }

    private async Task SaveAsync()
    {
        FormState<QueueForm> form = _form!;
        if (await form.SaveAsync(() => StoreAsync(form)))
        {
            Status.Say(SharedText.SavedThing.With(form.Model.Name.Trim()));
            Navigation.NavigateTo("admin/queues");
        }
    }

    private async Task StoreAsync(FormState<QueueForm> form)
    {
        if (form.Problems.AnyBlank(("queue-name", form.Model.Name, SharedText.NameInvalid), ("queue-slug", form.Model.Slug, AdminText.SlugInvalid)))
        {
            return;
        }

        Caller caller = await Current.GetAsync();
        SavedQueue saved = await Commands.SaveQueue.RunAsync(caller, form.Model.Settings(), CancellationToken.None);
        if (QueueProblems.Of(saved.Outcome) is var (field, message))
        {
            form.Problems.Add(field, message);
            return;
        }

        SetQueueAccessOutcome access = await Commands.SetQueueAccess.RunAsync(
            caller, saved.Id!.Value, [.. form.Model.People.Select(Guid.Parse)], [.. form.Model.Teams.Select(Guid.Parse)], CancellationToken.None);
        form.Problems.Unless(access == SetQueueAccessOutcome.Saved, "queue-teams", AdminText.AccessChanged);
    }
}
