using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People;

/// <summary>What is ours about a person who works here, beside the framework's account of the same id.</summary>
public sealed class Moderator : IVersioned
{
    /// <summary>The account's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Name shown to the team.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Stable name shown outside the team and to the platform.</summary>
    public string Pseudonym { get; set; } = "";

    /// <summary>The person's team, if any.</summary>
    public Guid? TeamId { get; set; }

    /// <summary>Languages the person reviews, BCP 47, comma separated; empty means any.</summary>
    public string Languages { get; set; } = "";

    /// <summary>IANA zone in which times are shown; empty means the browser's.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Theme: light, dark, calm, or empty for the system's.</summary>
    public string Theme { get; set; } = "";

    /// <summary>Keyboard map and other desk settings, JSON.</summary>
    public string DeskSettings { get; set; } = "{}";

    /// <summary>Disabled people can neither sign in nor act.</summary>
    public bool Disabled { get; set; }

    /// <summary>When the person was added, UTC.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>People with a lead.</summary>
public sealed class Team : IVersioned
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Unique name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Who leads it.</summary>
    public Guid? LeadId { get; set; }

    /// <inheritdoc />
    public long Version { get; set; }
}

/// <summary>A permission given to one person on top of their roles, such as child safety.</summary>
public sealed class PersonPermission
{
    /// <summary>The person.</summary>
    public Guid PersonId { get; init; }

    /// <summary>The permission.</summary>
    public Permission Permission { get; init; }
}

internal sealed class PeopleConfiguration :
    IEntityTypeConfiguration<Moderator>, IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<PersonPermission>
{
    public void Configure(EntityTypeBuilder<Moderator> builder)
    {
        builder.ToTable("moderator");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Pseudonym).IsUnique();
        builder.Property(row => row.Pseudonym).HasMaxLength(TextLength.Id);
        builder.Property(row => row.DeskSettings).HasMaxLength(TextLength.Note);
        builder.HasOne<IdentityUser<Guid>>().WithOne().HasForeignKey<Moderator>(row => row.Id);
        builder.HasOne<Team>().WithMany().HasForeignKey(row => row.TeamId);
    }

    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("team");
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(TextLength.Id);
        builder.HasIndex(row => row.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PersonPermission> builder)
    {
        builder.ToTable("person_permission");
        builder.HasKey(row => new { row.PersonId, row.Permission });
        builder.HasOne<Moderator>().WithMany().HasForeignKey(row => row.PersonId);
    }
}
