using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MediaPreferences : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "media_preference",
                columns: table => new
                {
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Category = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Blur = table.Column<int>(type: "INTEGER", nullable: false),
                    Colour = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Thumbnail = table.Column<int>(type: "INTEGER", nullable: false),
                    Muted = table.Column<bool>(type: "INTEGER", nullable: false),
                    SpeedPercent = table.Column<int>(type: "INTEGER", nullable: false),
                    StoryboardFirst = table.Column<bool>(type: "INTEGER", nullable: false),
                    ClipFirst = table.Column<bool>(type: "INTEGER", nullable: false),
                    Reveal = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    ReblurSeconds = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_media_preference", x => new { x.PersonId, x.Category });
                    table.ForeignKey(
                        name: "FK_media_preference_moderator_PersonId",
                        column: x => x.PersonId,
                        principalTable: "moderator",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "media_preference");
        }
    }
}
