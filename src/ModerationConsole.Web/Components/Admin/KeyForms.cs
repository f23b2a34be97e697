using System.Globalization;
using ModerationConsole.Core.People;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Web.Components.Admin;

/// <summary>When a key ends, as it is chosen.</summary>
public sealed class KeyEndForm
{
    /// <summary>Stands for a day of one's own choice.</summary>
    public const string OnADay = "day";

    /// <summary>Stands for no end.</summary>
    public const string Never = "never";

    /// <summary>A number of days, <see cref="OnADay"/> or <see cref="Never"/>; empty while nothing is chosen.</summary>
    public string Choice { get; set; } = "";

    /// <summary>The last day on which it works.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>From when on the key opens nothing; null for never. What is missing is added to the problems.</summary>
    public DateTimeOffset? Read(Problems problems, string id, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(problems);
        ArgumentNullException.ThrowIfNull(moment);
        switch (Choice)
        {
            case "":
                problems.Add(id, AdminText.KeyEndInvalid);
                return null;
            case Never:
                return null;
            case OnADay:
                DateTimeOffset? end = Day?.AddDays(1).StartIn(moment.Zone);
                problems.Unless(end > moment.Now && end <= moment.Now + KeyRules.Longest, $"{id}-day", AdminText.KeyEndDayInvalid);
                return end;
            default:
                return moment.Now.AddDays(int.Parse(Choice, CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>How much a key may ask for and from where, while it is typed.</summary>
public sealed class KeyLimitForm
{
    public string Rate { get; set; } = "";

    public string Networks { get; set; } = "";

    /// <summary>The limits of a key that is there.</summary>
    public static KeyLimitForm Of(KeyLine key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new KeyLimitForm
        {
            Rate = key.RequestsPerSecond?.ToString(CultureInfo.InvariantCulture) ?? "",
            Networks = key.Networks.Replace(", ", "\n", StringComparison.Ordinal),
        };
    }

    /// <summary>What it may ask for a second; null for what every key may. What is wrong is added to the problems.</summary>
    public int? ReadRate(Problems problems, string id)
    {
        ArgumentNullException.ThrowIfNull(problems);
        long? rate = Figures.Number(Rate);
        problems.Unless(string.IsNullOrWhiteSpace(Rate) || rate is >= 1 and <= KeyRules.FastestRate, $"{id}-rate", AdminText.KeyRateInvalid);
        problems.Unless(KeyNetworks.Normalize(Networks) is not null, $"{id}-networks", AdminText.KeyNetworksInvalid);
        return problems.Any ? null : (int?)rate;
    }
}
