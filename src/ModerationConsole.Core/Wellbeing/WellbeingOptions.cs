using Microsoft.Extensions.Options;

namespace ModerationConsole.Core.Wellbeing;

/// <summary>How much severe content a person is offered at most. Section <c>Wellbeing</c>; what is set for a team or a person goes before.</summary>
public sealed class WellbeingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Wellbeing";

    /// <summary>No limit of severe content is above this, in minutes, whoever sets it.</summary>
    public const int MostSevereMinutes = 300;

    /// <summary><c>Wellbeing:SevereMinutesPerShift</c>.</summary>
    public int SevereMinutesPerShift { get; set; } = 240;

    /// <summary><c>Wellbeing:SevereMinutesPerDay</c>: in any 24 hours.</summary>
    public int SevereMinutesPerDay { get; set; } = MostSevereMinutes;

    /// <summary><c>Wellbeing:SevereMinutesAtAStretch</c>: without a pause from severe content.</summary>
    public int SevereMinutesAtAStretch { get; set; } = 55;

    /// <summary><c>Wellbeing:PauseMinutes</c>: how long such a pause is.</summary>
    public int PauseMinutes { get; set; } = 10;

    /// <summary><c>Wellbeing:LastMinutesWithoutSevere</c>: the end of a shift, without severe content.</summary>
    public int LastMinutesWithoutSevere { get; set; } = 60;

    /// <summary><c>Wellbeing:SevereHoursFromFirstClaim</c>: for a shift without hours, from its first case on.</summary>
    public int SevereHoursFromFirstClaim { get; set; } = 7;

    /// <summary><c>Wellbeing:OfferBreakAfterSevereMinutes</c>: a break is offered after so much severe content.</summary>
    public int OfferBreakAfterSevereMinutes { get; set; } = 20;

    /// <summary><c>Wellbeing:OfferBreakAfterMinutes</c>: and after so long without a break, whatever was worked on.</summary>
    public int OfferBreakAfterMinutes { get; set; } = 55;

    /// <summary><c>Wellbeing:SupportContacts</c>: who to turn to; shown after a stop, on a break and on My shift.</summary>
    public IList<SupportContact> SupportContacts { get; } = [];
}

/// <summary>Someone to turn to.</summary>
public sealed class SupportContact
{
    /// <summary>Who it is.</summary>
    public string Name { get; set; } = "";

    /// <summary>How to reach them: a number, an address, a room.</summary>
    public string How { get; set; } = "";
}

/// <summary>Checks <see cref="WellbeingOptions"/> at start.</summary>
public sealed class WellbeingOptionsValidator : IValidateOptions<WellbeingOptions>
{
    private const int DayOfMinutes = 1_440;
    private const int LongestShiftHours = 16;

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, WellbeingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> faults = [];
        void Range(string key, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                faults.Add($"Wellbeing:{key} must be from {least} to {most}.");
            }
        }

        Range(nameof(options.SevereMinutesPerShift), options.SevereMinutesPerShift, 0, WellbeingOptions.MostSevereMinutes);
        Range(nameof(options.SevereMinutesPerDay), options.SevereMinutesPerDay, 0, WellbeingOptions.MostSevereMinutes);
        Range(nameof(options.SevereMinutesAtAStretch), options.SevereMinutesAtAStretch, 1, WellbeingOptions.MostSevereMinutes);
        Range(nameof(options.PauseMinutes), options.PauseMinutes, 1, 120);
        Range(nameof(options.LastMinutesWithoutSevere), options.LastMinutesWithoutSevere, 0, DayOfMinutes);
        Range(nameof(options.SevereHoursFromFirstClaim), options.SevereHoursFromFirstClaim, 1, LongestShiftHours);
        Range(nameof(options.OfferBreakAfterSevereMinutes), options.OfferBreakAfterSevereMinutes, 1, WellbeingOptions.MostSevereMinutes);
        Range(nameof(options.OfferBreakAfterMinutes), options.OfferBreakAfterMinutes, 1, DayOfMinutes);
        for (int place = 0; place < options.SupportContacts.Count; place++)
        {
            if (string.IsNullOrWhiteSpace(options.SupportContacts[place].Name) || string.IsNullOrWhiteSpace(options.SupportContacts[place].How))
            {
                faults.Add($"Wellbeing:SupportContacts:{place} needs a Name and How to reach them.");
            }
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
