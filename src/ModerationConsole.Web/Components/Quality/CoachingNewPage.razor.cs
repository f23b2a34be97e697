using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Quality.Coaching;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Quality;

/// <summary>Sends a case with a note to one person.</summary>
public sealed partial class CoachingNewPage
{
    private IReadOnlyList<CoachingPerson>? _people;
    private FormState<Form>? _form;
    private bool _missing;

    /// <summary>The case.</summary>
    [SupplyParameterFromQuery(Name = "case")]
    public long CaseNumber { get; set; }

    /// <summary>Who is chosen to begin with.</summary>
    [SupplyParameterFromQuery]
    public Guid? To { get; set; }

    [Inject]
    public required PrepareCoaching PrepareCoaching { get; init; }

    [Inject]
    public required SendCoaching SendCoaching { get; init; }

    [Inject]
    public required ICurrentCaller Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required ILogger<CoachingNewPage> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _people = await PrepareCoaching.RunAsync(await Current.GetAsync(), CaseNumber, CancellationToken.None);
        _missing = _people is null;
        _form = _people is null ? null : new FormState<Form>(new Form { To = Chosen(_people) }, Log);
    }

    // Whoever the address names, else the one person who decided the case.
    private Guid? Chosen(IReadOnlyList<CoachingPerson> people) =>
        people.FirstOrDefault(person => person.Id == To)?.Id ?? (people.Count(person => person.Decided) == 1 ? people[0].Id : null);

    private async Task SendAsync()
    {
        FormState<Form> form = _form!;
        if (await form.SaveAsync(async () =>
        {
            form.Problems.Unless(form.Model.To is not null, "coaching-to", CoachingText.PersonMissing);
            form.Problems.Unless(!string.IsNullOrWhiteSpace(form.Model.Text), "coaching-note", CoachingText.TextMissing);
            if (!form.Problems.Any)
            {
                CoachingDraft draft = new(CaseNumber, form.Model.To, form.Model.Text);
                Refuse(form.Problems, await SendCoaching.RunAsync(await Current.GetAsync(), draft, CancellationToken.None));
            }
        }))
        {
            Status.Say(CoachingText.SentTo.With(_people!.First(person => person.Id == form.Model.To).Name));
            Navigation.NavigateTo("quality/coaching?list=sent");
        }
    }

    private static void Refuse(Problems problems, SendCoachingOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            SendCoachingOutcome.Sent => ("", null),
            SendCoachingOutcome.NobodyToSendTo => ("coaching-to", CoachingText.PersonMissing),
            SendCoachingOutcome.TextRequired => ("coaching-note", CoachingText.TextMissing),
            SendCoachingOutcome.TextTooLong => ("coaching-note", CoachingText.TextTooLong),
            SendCoachingOutcome.NoCase => ("", CoachingText.NoCase),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        problems.Unless(message is null, field, message ?? "");
    }

    /// <summary>The note while it is written.</summary>
    public sealed class Form
    {
        public Guid? To { get; set; }

        public string Text { get; set; } = "";
    }
}
