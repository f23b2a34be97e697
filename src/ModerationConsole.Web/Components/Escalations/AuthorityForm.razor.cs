using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components;
using ModerationConsole.Core.Escalations.Emergencies;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Components.Escalations;

/// <summary>Adds to the record of authorities that were told of an emergency.</summary>
public sealed partial class AuthorityForm
{
    private FormState<Form> _form = null!;
    private IReadOnlyList<PersonName> _people = [];

    [CascadingParameter]
    public required Moment Moment { get; set; }

    [CascadingParameter]
    public required Myself Me { get; set; }

    /// <summary>The emergency's number.</summary>
    [Parameter, EditorRequired]
    public long Number { get; set; }

    /// <summary>A record was added.</summary>
    [Parameter]
    public EventCallback OnRecorded { get; set; }

    [Inject]
    public required RecordAuthority RecordAuthority { get; init; }

    [Inject]
    public required ListPeopleNames ListPeopleNames { get; init; }

    [Inject]
    public required ICurrentCaller Callers { get; init; }

    [Inject]
    public required StatusLine Status { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<AuthorityForm> Log { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _form = new FormState<Form>(new Form(Moment) { ToldAt = Moment.Local(Clock.GetUtcNow()).DateTime, ToldBy = Me.Id }, Log);
        _people = [.. (await ListPeopleNames.RunAsync(await Callers.GetAsync(), CancellationToken.None)).Where(person => !person.Disabled)];
    }

    protected override void OnParametersSet() => _form.Follow(Moment);

    private async Task SaveAsync()
    {
        if (await _form.SaveAsync(async () => Refuse(await RecordAuthority.RunAsync(
            await Callers.GetAsync(), Number, _form.Model.Authority, Moment.Instant(_form.Model.ToldAt), _form.Model.ToldBy, _form.Model.Reference, CancellationToken.None))))
        {
            Status.Say(EscalationsText.Recorded);
            await OnRecorded.InvokeAsync();
        }
    }

    private void Refuse(RecordAuthorityOutcome outcome)
    {
        (string field, string? message) = outcome switch
        {
            RecordAuthorityOutcome.Recorded => ("", null),
            RecordAuthorityOutcome.AuthorityInvalid => ("told-authority", EscalationsText.AuthorityInvalid),
            RecordAuthorityOutcome.TimeInvalid => ("told-at", EscalationsText.TimeInvalid),
            RecordAuthorityOutcome.ReferenceTooLong => ("told-reference", EscalationsText.ReferenceTooLong),
            RecordAuthorityOutcome.UnknownPerson => ("told-by", EscalationsText.PersonInvalid),
            RecordAuthorityOutcome.NotThere => ("", EscalationsText.Missing),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };
        _form.Problems.Unless(message is null, field, message ?? "");
    }

    /// <summary>The record while it is written.</summary>
    public sealed class Form(Moment moment) : IZonedForm
    {
        [JsonIgnore]
        public TimeZoneInfo Zone { get; private set; } = moment.Zone;

        public string Authority { get; set; } = "";

        /// <summary>In the person's zone, to the minute.</summary>
        public DateTime ToldAt { get; set; }

        public Guid ToldBy { get; set; }

        public string Reference { get; set; } = "";

        public void MoveTo(Moment moment)
        {
            ArgumentNullException.ThrowIfNull(moment);
            (ToldAt, Zone) = (moment.Shown(ToldAt, Zone), moment.Zone);
        }
    }
}
